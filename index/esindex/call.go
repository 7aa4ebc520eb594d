package esindex

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
)

// request is any of esapi's.
type request interface {
	Do(ctx context.Context, engine esapi.Transport) (*esapi.Response, error)
}

// call does one call to the engine within limit, and reads the answer into into,
// if that is not nil. what says what is being done, for the error.
func (x *Index) call(ctx context.Context, what string, limit time.Duration, r request, into any) error {
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	res, err := r.Do(bounded, x.engine)
	if err != nil {
		return unreachable(ctx, what, err)
	}
	defer func() { _ = res.Body.Close() }() // read to its end, or not worth keeping
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return unreachable(ctx, what, err)
	}
	if res.IsError() {
		return x.refused(what, res.StatusCode, body)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%s: read the answer: %w", what, err)
	}
	return nil
}

// unreachable is the error for a call without an answer. A caller who left is not
// an engine that is away.
func unreachable(ctx context.Context, what string, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%s: %w", what, ctx.Err())
	}
	return fmt.Errorf("%s: %w: %w", what, discovery.ErrUnavailable, err)
}

// engineError is why the engine refused something, in its own words.
type engineError struct {
	Status int
	Reason reason
}

// reason is Elasticsearch's; the text may hold values of a document, so it is for
// the log of whoever runs the engine and never for a caller of the API.
type reason struct {
	Type string `json:"type"`
	Text string `json:"reason"`
}

func (e *engineError) Error() string {
	return fmt.Sprintf("elasticsearch: %d %s: %s", e.Status, e.Reason.Type, e.Reason.Text)
}

// Unwrap says what the refusal means to the callers of the port.
func (e *engineError) Unwrap() error {
	switch {
	case e.Status == http.StatusNotFound:
		return discovery.ErrIndexMissing
	case e.Status >= http.StatusInternalServerError,
		e.Status == http.StatusTooManyRequests, e.Status == http.StatusRequestTimeout:
		return discovery.ErrUnavailable
	}
	return nil
}

func (x *Index) refused(what string, status int, body []byte) error {
	e := &engineError{Status: status}
	var answer struct {
		Error json.RawMessage `json:"error"`
	}
	// The error is an object, or for some calls a plain text, or was written by a
	// proxy and is no JSON at all.
	if json.Unmarshal(body, &answer) == nil && json.Unmarshal(answer.Error, &e.Reason) != nil {
		_ = json.Unmarshal(answer.Error, &e.Reason.Text)
	}
	if status == http.StatusNotFound {
		x.checked.Store(0)
	}
	return fmt.Errorf("%s: %w", what, e)
}
