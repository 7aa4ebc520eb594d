package fault

import (
	"errors"
	"time"
)

// Kind says what sort of thing went wrong; api maps each kind to one HTTP status.
type Kind uint8

// The kinds. Internal is the zero value, so that an Error made by accident
// tells the caller nothing.
const (
	Internal           Kind = iota // our own mistake; shown without detail
	Malformed                      // cannot be read at all
	Invalid                        // can be read, but values are wrong; Fields says which
	Unauthenticated                // we do not know who you are
	Forbidden                      // we know who you are, and you may not
	NotFound                       // not there, or not yours where existence is private
	Conflict                       // the present state does not allow it
	Stale                          // the version you name is not the current one
	VersionRequired                // say which version you are changing
	TooMany                        // slow down; RetryAfter says for how long
	Unavailable                    // a part we need is away; RetryAfter says for how long
	TooLarge                       // more bytes than we take
	UnsupportedContent             // a content type we do not read
	TooSlow                        // what was to be sent did not arrive in time
)

// Error is one thing that went wrong.
type Error struct {
	Kind Kind
	Code string // stable, public: "booking.slot_taken"
	En   string // for people, in English; no full stop
	Zh   string // the same in Chinese
	// Fields names every faulty value of the input. Only with Invalid.
	Fields []Field
	// RetryAfter tells when asking again may help. Zero: unknown.
	RetryAfter time.Duration
	// Data is what the caller needs to go on, of a type of the room that tells it, or one
	// of those below: a CurrentVersion, a Limited. api knows how each is written.
	Data any

	base *Error // what With… copied from, so that errors.Is still matches
}

// New makes a package value. The two texts say the same in English and Chinese.
func New(kind Kind, code, en, zh string) *Error {
	return &Error{Kind: kind, Code: code, En: en, Zh: zh}
}

func (e *Error) Error() string { return e.Code + ": " + e.En }

// Unwrap lets errors.Is match a copy made by After or WithData with the value
// it was made from.
func (e *Error) Unwrap() error {
	if e.base == nil {
		return nil
	}
	return e.base
}

// After is e with a time after which to try again.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter, c.base = d, e
	return &c
}

// WithData is e with data for the caller.
func (e *Error) WithData(data any) *Error {
	c := *e
	c.Data, c.base = data, e
	return &c
}

// ErrAway is for a part that the rest cannot go on without, and that does not answer.
var ErrAway = New(Unavailable, "server.unavailable",
	"a part of the server is away for a moment", "服务器的某个部分暂时不可用").After(2 * time.Second)

// KindOf is the kind of the first Error in err's chain; Internal if there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}
