package api

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

// call is one request on its way through.
type call struct {
	server   *Server
	id       string   // the request's, in the answer and in the log
	instance string   // its path
	language language // to answer in
	actor    identity.Actor
	address  string // where it comes from, as limits count it
	token    string // its Idempotency-Key
	began    time.Time
	accept   string      // the media types that it takes
	query    url.Values  // what can be read of the query
	body     []byte      // of an operation that takes one
	upload   upload      // of one that takes a picture
	faults   faults      // found so far
	answer   http.Header // of the answer

	code  string // of the problem answered, for the log
	cause error  // behind it, when it is our own
}

type callKey struct{}

// callOf is the call that ctx belongs to; the middleware has put it there.
func callOf(ctx context.Context) *call {
	c, ok := ctx.Value(callKey{}).(*call)
	if !ok {
		return &call{}
	}
	return c
}

// dataOf is the members of a problem that a refusal's data makes.
func (c *call) dataOf(data any) map[string]any {
	if c.server == nil || c.server.Data == nil || data == nil {
		return nil
	}
	return c.server.Data(data)
}

// prefers reports whether the client would rather have a media type than JSON.
func (c *call) prefers(media string) bool {
	const json = "application/json"
	return strings.Contains(c.accept, media) && negotiation.SelectQValue(c.accept, []string{json, media}) == media
}

// checker is a request of a room that can say by itself what is wrong with it.
type checker interface{ Check() error }

// admit returns who acts, once nothing is wrong with the request. When something
// is, the room's requests are asked too, so that the answer names all of it.
func (c *call) admit(requests ...any) (identity.Actor, error) {
	if c.faults.none() {
		return c.actor, nil
	}
	for _, r := range requests {
		if k, ok := r.(checker); ok {
			c.faults.join(k.Check())
		}
	}
	return identity.Actor{}, c.faults.err()
}

// check is a checker that is a function.
type check func() error

// Check implements checker.
func (f check) Check() error { return f() }

// sum is err, together with what is wrong with the request. It is for operations
// that change nothing: they may ask the room whatever is wrong.
func (c *call) sum(err error) error {
	if c.faults.none() {
		return err
	}
	c.faults.join(err)
	return c.faults.err()
}

// key binds the call's Idempotency-Key to the operation and its whole input.
func (c *call) key(op string, input ...any) (idempotency.Key, error) {
	return idempotency.New(string(c.actor.User), c.token, op, input)
}

// faults gathers what is wrong with a request. What is found first at a pointer
// stays: the room may see a second fault only because of the first.
type faults struct {
	list    []fault.Field // by their places in the request
	inQuery []parameter   // what the operation takes in the query
}

func (f *faults) none() bool { return len(f.list) == 0 }

// has reports whether something is wrong with the value at pointer.
func (f *faults) has(pointer string) bool {
	return slices.ContainsFunc(f.list, func(g fault.Field) bool { return g.Name == pointer })
}

func (f *faults) add(pointer string, r fault.Reason) {
	f.put(fault.Field{Name: pointer, Code: r.Code, En: r.En, Zh: r.Zh})
}

func (f *faults) check(ok bool, pointer string, r fault.Reason) bool {
	if !ok {
		f.add(pointer, r)
	}
	return ok
}

// mostFaults bounds an answer, and the work of making it: a body can hold a hundred
// thousand faults.
const mostFaults = 100

func (f *faults) put(field fault.Field) {
	if len(f.list) == mostFaults {
		return
	}
	for _, g := range f.list {
		if field.Name == g.Name || strings.HasPrefix(field.Name, g.Name+"/") {
			return
		}
	}
	f.list = append(f.list, field)
}

// join takes over the fields of err, if it is an input error.
func (f *faults) join(err error) {
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

func (f *faults) err() error {
	if f.none() {
		return nil
	}
	var in fault.Input
	for _, g := range f.list {
		in.Add(g.Name, fault.Reason{Code: g.Code, En: g.En, Zh: g.Zh})
	}
	return in.Err()
}
