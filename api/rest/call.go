package rest

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2/negotiation"

	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// Call is one request on its way through.
type Call struct {
	server   *Server
	id       string   // the request's, in the answer and in the log
	instance string   // its path
	Language Language // to answer in
	Actor    identity.Actor
	Address  string // where it comes from, as limits count it
	Token    string // its Idempotency-Key
	began    time.Time
	accept   string      // the media types that it takes
	Query    url.Values  // what can be read of the query
	arrived  time.Time   // when the body was there, zero if the operation takes none
	Body     []byte      // of an operation that takes one
	Upload   upload      // of one that takes a picture
	Repeated bool        // it changed what it is about when it came before: see once
	Faults   Faults      // found so far
	answer   http.Header // of the answer

	code  string // of the problem answered, for the log
	cause error  // behind it, when it is our own
}

type callKey struct{}

// callOf is the call that ctx belongs to; the middleware has put it there.
func callOf(ctx context.Context) *Call {
	c, ok := ctx.Value(callKey{}).(*Call)
	if !ok {
		return &Call{}
	}
	return c
}

// dataOf is the members of a problem that a refusal's data makes.
func (c *Call) dataOf(data any) map[string]any {
	if c.server == nil || c.server.Data == nil || data == nil {
		return nil
	}
	return c.server.Data(data)
}

// Prefers reports whether the client would rather have a media type than JSON.
func (c *Call) Prefers(media string) bool {
	const json = "application/json"
	return strings.Contains(c.accept, media) && negotiation.SelectQValue(c.accept, []string{json, media}) == media
}

// checker is a request of a room that can say by itself what is wrong with it.
type checker interface{ Check() error }

// Admit returns the person who acts if the request is sound. If it is not, it asks the
// given requests what is wrong with them, too, and the error names all faults together.
func (c *Call) Admit(requests ...any) (identity.Actor, error) {
	if c.Faults.none() {
		return c.Actor, nil
	}
	for _, r := range requests {
		if k, ok := r.(checker); ok {
			c.Faults.join(k.Check())
		}
	}
	return identity.Actor{}, c.Faults.err()
}

// Check is a checker that is a function.
type Check func() error

// Check implements checker.
func (f Check) Check() error { return f() }

// Sum is err, together with what is wrong with the request. It is for operations
// that change nothing: they may ask the room whatever is wrong.
func (c *Call) Sum(err error) error {
	if c.Faults.none() {
		return err
	}
	c.Faults.join(err)
	return c.Faults.err()
}

// Key binds the call's Idempotency-Key to the operation and its whole input.
func (c *Call) Key(op string, input ...any) (idempotency.Key, error) {
	return idempotency.New(string(c.Actor.User), c.Token, op, input)
}

// Faults gathers what is wrong with a request. What is found first at a pointer
// stays: the room may see a second fault only because of the first.
type Faults struct {
	List    []fault.Field // by their places in the request
	inQuery []parameter   // what the operation takes in the query
}

func (f *Faults) none() bool { return len(f.List) == 0 }

// Has reports whether something is wrong with the value at pointer.
func (f *Faults) Has(pointer string) bool {
	return slices.ContainsFunc(f.List, func(g fault.Field) bool { return g.Name == pointer })
}

func (f *Faults) add(pointer string, r fault.Reason) {
	f.put(fault.Field{Name: pointer, Code: r.Code, En: r.En, Zh: r.Zh})
}

// Check records a fault at the pointer unless ok, and returns ok.
func (f *Faults) Check(ok bool, pointer string, r fault.Reason) bool {
	if !ok {
		f.add(pointer, r)
	}
	return ok
}

// mostFaults bounds an answer, and the work of making it: a body can hold a hundred
// thousand faults.
const mostFaults = 100

func (f *Faults) put(field fault.Field) {
	if len(f.List) == mostFaults {
		return
	}
	for _, g := range f.List {
		if field.Name == g.Name || strings.HasPrefix(field.Name, g.Name+"/") {
			return
		}
	}
	f.List = append(f.List, field)
}

// join takes over the fields of err, if it is an input error.
func (f *Faults) join(err error) {
	var in fault.Input
	if !in.Include("", err) {
		return
	}
	e, ok := asFault(in.Err())
	if !ok {
		return
	}
	for _, field := range e.Fields {
		field.Name = f.place(field.Name)
		f.put(field)
	}
}

func (f *Faults) err() error {
	if f.none() {
		return nil
	}
	var in fault.Input
	for _, g := range f.List {
		in.Add(g.Name, fault.Reason{Code: g.Code, En: g.En, Zh: g.Zh})
	}
	return in.Err()
}
