package fault

import (
	"errors"
	"strconv"
	"strings"
)

// Field is one faulty value of the input.
type Field struct {
	// Name is what the room calls the value, parts joined by dots: "price.amount",
	// "services.0.name". How a request spells it, and where, is the API's business.
	Name string
	Code string // stable: "required", "too_long", "out_of_range" …
	En   string
	Zh   string
}

// ErrInvalid is what errors of Input match.
var ErrInvalid = New(Invalid, "request.invalid", "some values are not usable", "部分内容无法使用")

// Input gathers the faults of one input. The zero value is ready.
//
//	var in fault.Input
//	in.Check(name != "", "name", fault.Required)
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

// Add records that the value of that name is faulty.
func (in *Input) Add(name string, r Reason) {
	in.fields = append(in.fields, Field{Name: name, Code: r.Code, En: r.En, Zh: r.Zh})
}

// Check records a fault unless ok, and returns ok.
func (in *Input) Check(ok bool, name string, r Reason) bool {
	if !ok {
		in.Add(name, r)
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
		f.Name = Name(prefix, f.Name)
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

// Name joins parts into a name; empty ones are left out.
func Name(parts ...any) string {
	var b strings.Builder
	for _, p := range parts {
		text, isText := p.(string)
		if n, isNumber := p.(int); isNumber {
			text = strconv.Itoa(n)
		} else if !isText {
			panic("fault: a name is made of texts and numbers")
		}
		if b.Len() > 0 && text != "" {
			b.WriteByte('.')
		}
		b.WriteString(text)
	}
	return b.String()
}
