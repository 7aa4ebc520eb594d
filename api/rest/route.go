package rest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"corner/fault"
	"corner/idempotency"
	"corner/identity"
)

// Operation is one method of one path, as the document describes it.
type Operation struct {
	ID, Method, Path, Tag, Summary, About string

	Status    int            // of success; 0: 200
	SignedIn  bool           // needs somebody who has signed in
	Suspended bool           // may be called by somebody who is suspended
	Open      bool           // outside /v1: takes no token and has no limit
	SignsIn   bool           // takes no token, for it is how one is got
	Creates   bool           // takes an Idempotency-Key, which its handler binds to what it makes
	Patches   bool           // takes a merge patch, which is checked once it is merged; is Guarded, too
	Guarded   bool           // changes the version that If-Match names, once under an Idempotency-Key: see once
	Optional  bool           // its body may be left out
	Pending   bool           // may answer 202, in the same shape, when something is still to be done
	Uploads   bool           // takes a picture, which the handler reads when it knows that it may
	Resumes   bool           // speaks tus
	Chunks    bool           // takes a piece of a picture, as Uploads takes a whole one
	Faults    []*fault.Error // that its room can answer, beside those that all can
	Example   any            // of the body
	Others    map[string]any // media types beside JSON in which it answers, and the shape of each
}

// Route registers an operation without a body.
func Route[I, O any](s *Server, op Operation, handle func(context.Context, *Call, *I) (*O, error)) {
	register(s, op, nil, handle)
}

// RouteBody registers an operation whose body is a B.
func RouteBody[I, B, O any](s *Server, op Operation, handle func(context.Context, *Call, *I, *B) (*O, error)) {
	schema := s.huma.OpenAPI().Components.Schemas.Schema(TypeFor[B](), true, op.ID+"Body")
	register(s, op, schema, func(ctx context.Context, c *Call, in *I) (*O, error) {
		var body B
		// What does not fit has been named by the schema; decoding goes on past it, so
		// that the room sees the rest.
		if err := json.Unmarshal(c.Body, &body); err != nil {
			if _, ok := errors.AsType[*json.UnmarshalTypeError](err); !ok || c.Faults.none() {
				return nil, ErrMalformed
			}
		}
		return handle(ctx, c, in, &body)
	})
}

func register[I, O any](s *Server, op Operation, body *huma.Schema, handle func(context.Context, *Call, *I) (*O, error)) {
	h := op.huma()
	var inQuery []parameter // known once huma has looked at I
	defer func() {
		described := s.PathOperation(op)
		inQuery = queryParameters(described.Parameters)
		// huma's own answer for what goes wrong is never sent.
		delete(described.Responses, "default")
		s.refusals(op, described, body != nil)
		s.otherForms(op, described)
		if op.Pending {
			described.Responses["202"] = &huma.Response{
				Description: "Accepted: something is still to be done",
				Content:     described.Responses["200"].Content,
				Headers:     described.Responses["200"].Headers,
			}
		}
		if body != nil {
			// Had huma found it while registering, it would read the body itself.
			described.RequestBody = op.requestBody(body)
			s.within[op.Method+" "+ginPath(op.Path)] = BodyWithin + Deadline
		}
		if op.Uploads {
			described.RequestBody = pictureBody()
			s.within[op.Method+" "+ginPath(op.Path)] = UploadWithin + Deadline
		}
	}()
	if op.Chunks {
		defer func() {
			s.PathOperation(op).RequestBody = chunkBody()
			s.within[op.Method+" "+ginPath(op.Path)] = ChunkWithin + Deadline
		}()
	}
	h.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		c := callOf(ctx.Context())
		if err := s.prepare(ctx, c, op, inQuery, body); err != nil {
			s.refuse(humagin.Unwrap(ctx), err)
			return
		}
		next(&queryContext{ctx, c.Query})
	}}
	huma.Register(s.huma, h, func(ctx context.Context, in *I) (*O, error) {
		c := callOf(ctx)
		if !c.arrived.IsZero() { // the time that the body took is not the handler's
			var stop context.CancelFunc
			ctx, stop = context.WithDeadline(ctx, c.arrived.Add(Deadline))
			defer stop()
		}
		out, err := once(ctx, c, op, func(ctx context.Context) (*O, error) { return handle(ctx, c, in) })
		if err != nil {
			return nil, c.problem(ctx, err)
		}
		return out, nil
	})
}

// prepare reads and checks what an operation is given. What can be named as a field
// waits in c.faults for what else is wrong; an error ends the call.
func (s *Server) prepare(ctx huma.Context, c *Call, op Operation, inQuery []parameter, body *huma.Schema) error {
	if op.SignedIn {
		admits := c.Actor.Require
		if op.Suspended {
			admits = c.Actor.Identify
		}
		if err := admits(); err != nil {
			return err
		}
	}
	g, r := humagin.Unwrap(ctx), Schemas{s.huma.OpenAPI().Components.Schemas}
	if op.Resumes {
		if err := op.speakTus(g); err != nil {
			return err
		}
	}
	if g.Request.URL.RawQuery != "" || len(inQuery) > 0 {
		query, err := url.ParseQuery(g.Request.URL.RawQuery)
		c.Faults.Check(err == nil, "?", fault.BadFormat) // an escape that is none
		c.Query, c.Faults.inQuery = query, inQuery
		r.checkQuery(&c.Faults, inQuery, query)
	}
	if op.Creates || op.guarded() {
		c.Faults.Check(validToken(c.Token), "?Idempotency-Key", fault.BadFormat)
	}
	if op.Uploads || op.Chunks {
		c.Upload = upload{g.Request, g.Writer, s.uploads, string(c.Actor.User)}
	}
	if body == nil {
		if len(inQuery) == 0 && !op.Creates {
			return c.Faults.err() // its handler has nothing to add, and does not look
		}
		return nil
	}
	raw := []byte("{}")
	if !op.Optional || g.Request.ContentLength != 0 {
		var err error
		if raw, err = readBody(g.Request, g.Writer, op.Patches); err != nil {
			return err
		}
	}
	c.Body, c.arrived = raw, time.Now()
	v, err := DecodeJSON(raw)
	if _, object := v.(map[string]any); err != nil || !object {
		return ErrMalformed
	}
	if !op.Patches {
		r.Check(&c.Faults, body, "", v)
	}
	return nil
}

// queryContext is a call whose query has been parsed and checked: huma is shown what can
// be read of it.
type queryContext struct {
	humaContext
	query url.Values
}

// humaContext is embedded under another name, for Context is one of its methods.
type humaContext = huma.Context

// Unwrap is humagin's way to the gin.Context.
func (c *queryContext) Unwrap() huma.Context { return c.humaContext }

// Header is huma's way to a header. Every answer's form has been chosen by then, and huma
// panics on some values of Accept.
func (c *queryContext) Header(name string) string {
	if name == "Accept" {
		return ""
	}
	return c.humaContext.Header(name)
}

// Query is huma's way to a parameter.
func (c *queryContext) Query(name string) string { return c.query.Get(name) }

// validToken reports whether an Idempotency-Key is bounded, visible ASCII; none is fine.
func validToken(token string) bool {
	return len(token) <= idempotency.MaxToken && !strings.ContainsFunc(token, func(r rune) bool { return r < '!' || r > '~' })
}

// readBody reads a JSON body of at most MaxBody.
func readBody(r *http.Request, w http.ResponseWriter, patch bool) ([]byte, error) {
	// None is refused, too: any web page can send a body without a type to any server, and
	// have the phone's owner do what he never asked for.
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/json" && (!patch || media != mergePatchJSON) {
		return nil, ErrContentType
	}
	raw, err := io.ReadAll(newPace(http.MaxBytesReader(w, r.Body, MaxBody), w, BodyWithin))
	if errors.Is(err, ErrTooSlow) {
		return nil, err
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, ErrTooLarge
	}
	if err != nil {
		return nil, ErrMalformed // the client broke off, or sent chunks that are none
	}
	return raw, nil
}

const mergePatchJSON = "application/merge-patch+json"

// KeyInput is the header that makes a POST safe to repeat. It is exported because
// huma does not look into embedded structs that are not.
type KeyInput struct {
	Key string `header:"Idempotency-Key" maxLength:"255" pattern:"^[!-~]*$" doc:"Any text of the client's, new for each thing to create. The same call with the same key within 24 hours gives the first answer again; another body under the same key is refused."`
}

// Empty is the input or output of an operation that has none.
type Empty struct{}

// commonFaults are what any operation of the sort can answer beside its own faults.
func (op Operation) commonFaults(hasBody bool) []*fault.Error {
	var list []*fault.Error
	if hasBody {
		list = append(list, ErrMalformed, ErrTooLarge, ErrTooSlow, ErrContentType, fault.ErrInvalid)
	}
	if op.SignedIn {
		list = append(list, identity.ErrUnauthenticated)
	}
	if op.Resumes && op.Method != http.MethodOptions {
		list = append(list, ErrTusVersion)
	}
	if op.Chunks {
		list = append(list, ErrOffsetStream, ErrTooSlow)
	}
	if op.Creates || op.guarded() {
		list = append(list, idempotency.ErrReused)
	}
	if !op.Open {
		if !op.SignsIn {
			list = append(list, identity.ErrTokenInvalid)
		}
		list = append(list, ErrTooFast)
	}
	return append(list, ErrTimeout, fault.ErrAway, ErrInternal)
}
