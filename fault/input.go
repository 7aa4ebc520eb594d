package fault

import (
	"errors"
	"strconv"
	"strings"
)

// Field is one faulty value of the input.
type Field struct {
	Pointer string // RFC 6901 JSON pointer into the body, "/price/amount"; "?lat" for a query parameter
	Code    string // stable: "required", "too_long", "out_of_range" …
	En      string
	Zh      string
}

// ErrInvalid is what errors of Input match.
var ErrInvalid = New(Invalid, "request.invalid", "some values are not usable", "部分内容无法使用")

// Input gathers the faults of one input. The zero value is ready.
//
//	var in fault.Input
//	in.Check(name != "", "/name", fault.Required)
//	return in.Err()
type Input struct{ fields []Field }

// Reason is why a value is faulty, without saying which value it is.
type Reason struct{ Code, En, Zh string }

// The reasons that every room shares.
var (
	Required   = Reason{"required", "is required", "必填"}
	TooLong    = Reason{"too_long", "is too long", "过长"}
	OutOfRange = Reason{"out_of_range", "is out of range", "超出范围"}
	BadFormat  = Reason{"bad_format", "is not in the expected form", "格式不正确"}
	Unknown    = Reason{"unknown", "is not one of the known values", "不是已知的值"}
	Crowded    = Reason{"too_many_items", "has too many items", "条目过多"}
)

// Add records that the value at pointer is faulty.
func (in *Input) Add(pointer string, r Reason) {
	in.fields = append(in.fields, Field{Pointer: pointer, Code: r.Code, En: r.En, Zh: r.Zh})
}

// Check records a fault unless ok, and returns ok.
func (in *Input) Check(ok bool, pointer string, r Reason) bool {
	if !ok {
		in.Add(pointer, r)
	}
	return ok
}

// Include takes over the fields of err, if it is an input error, below prefix,
// and reports whether it was one. So a part of a body can be parsed by the room
// that owns it.
func (in *Input) Include(prefix string, err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != Invalid {
		return false
	}
	for _, f := range e.Fields {
		f.Pointer = prefix + f.Pointer
		in.fields = append(in.fields, f)
	}
	return true
}

// Err is nil, or one error naming every fault recorded.
func (in *Input) Err() error {
	if len(in.fields) == 0 {
		return nil
	}
	c := *ErrInvalid
	c.Fields, c.base = in.fields, ErrInvalid
	return &c
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")

// Pointer joins parts into a JSON pointer, escaping as RFC 6901 says.
func Pointer(parts ...any) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteByte('/')
		switch v := p.(type) {
		case int:
			b.WriteString(strconv.Itoa(v))
		case string:
			b.WriteString(escape.Replace(v))
		}
	}
	return b.String()
}
