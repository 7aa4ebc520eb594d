package rest

import (
	"context"
	"encoding/json"
	"net/http"

	"corner/fault"
)

// ProblemOf is the problem that err becomes, where data is the version that is current.
func ProblemOf(ctx context.Context, err error, acceptLanguage string) (status int, headers map[string][]string, document []byte) {
	s := &Server{Options: Options{Data: func(data any) map[string]any {
		v, _ := data.(fault.CurrentVersion)
		return map[string]any{"current_version": int64(v), "code": "no", "type": "no"}
	}}}
	c := s.NewCall()
	c.id, c.instance, c.Language = "req_test", "/v1/x", chooseLanguage(acceptLanguage)
	p := c.problem(ctx, err)
	b, err := p.MarshalJSON()
	if err != nil {
		panic(err)
	}
	return p.Status, p.headers, b
}

// MergePatch is mergePatch over texts.
func MergePatch(target, patch string) (string, error) {
	t, err := DecodeJSON([]byte(target))
	if err != nil {
		return "", err
	}
	p, err := DecodeJSON([]byte(patch))
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(mergePatch(t, p))
	return string(b), err
}

var (
	FormatCursor  = formatCursor
	ParseCursor   = parseCursor
	ClientAddress = clientAddress
	RequestID     = requestID
)

// ChooseLanguage is chooseLanguage.
func ChooseLanguage(header string) string { return string(chooseLanguage(header)) }

// Pool is the memory for pictures that are on their way.
type Pool struct{ *uploads }

// NewPool is newUploads.
func NewPool(memory int64) Pool { return Pool{newUploads(memory)} }

// Take is take.
func (p Pool) Take(user string, n int64) bool { return p.take(user, n) }

// Release is release.
func (p Pool) Release(user string, n int64) { p.release(user, n) }

// Free is what nobody has taken, and how many people have taken the rest.
func (p Pool) Free() (bytes int64, people int) { return p.free, len(p.people) }

// ReadUpload reads the picture that a request brings.
func (p Pool) ReadUpload(w http.ResponseWriter, r *http.Request, user string) (content []byte, release func(), err error) {
	return upload{r, w, p.uploads, user}.Read()
}
