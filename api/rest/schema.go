package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"corner/fault"
)

// Why a value does not fit its schema, where fault has no word for it.
var (
	wrongType = map[string]fault.Reason{
		huma.TypeString:  {Code: "wrong_type", En: "must be a text", Zh: "必须是字符串"},
		huma.TypeInteger: {Code: "wrong_type", En: "must be a whole number", Zh: "必须是整数"},
		huma.TypeNumber:  {Code: "wrong_type", En: "must be a number", Zh: "必须是数字"},
		huma.TypeBoolean: {Code: "wrong_type", En: "must be true or false", Zh: "必须是 true 或 false"},
		huma.TypeArray:   {Code: "wrong_type", En: "must be a list", Zh: "必须是列表"},
		huma.TypeObject:  {Code: "wrong_type", En: "must be an object", Zh: "必须是对象"},
	}
	unexpected  = fault.Reason{Code: "unexpected", En: "is not a field of this", Zh: "不是此处的字段"}
	noParameter = fault.Reason{Code: "unexpected", En: "is not a parameter of this", Zh: "不是此操作的参数"}
	repeated    = fault.Reason{Code: "repeated", En: "is given more than once", Zh: "重复出现"}
)

// DecodeJSON reads one JSON value. Numbers stay as they were written, so that 28.0
// can be told from 28.
func DecodeJSON(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return v, nil
}

// Schemas holds values against the Schemas of the document.
type Schemas struct{ huma.Registry }

// Check adds to f what is wrong with v, the value at pointer.
func (r Schemas) Check(f *Faults, s *huma.Schema, pointer string, v any) {
	for s.Ref != "" {
		s = r.SchemaFromRef(s.Ref)
	}
	switch v := v.(type) {
	case map[string]any:
		if f.Check(s.Type == huma.TypeObject, pointer, wrongType[s.Type]) {
			r.checkObject(f, s, pointer, v)
		}
	case []any:
		if f.Check(s.Type == huma.TypeArray, pointer, wrongType[s.Type]) {
			r.checkArray(f, s, pointer, v)
		}
	case string:
		if f.Check(s.Type == huma.TypeString, pointer, wrongType[s.Type]) {
			checkText(f, s, pointer, v)
		}
	case json.Number:
		checkNumber(f, s, pointer, string(v))
	case bool:
		f.Check(s.Type == huma.TypeBoolean, pointer, wrongType[s.Type])
	case nil:
		f.Check(s.Nullable, pointer, fault.Required)
	}
}

func (r Schemas) checkObject(f *Faults, s *huma.Schema, pointer string, object map[string]any) {
	for _, name := range s.Required {
		f.Check(object[name] != nil, Below(pointer, name), fault.Required)
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		at := Below(pointer, name)
		property, known := s.Properties[name]
		// An optional member that is null is one that is not there.
		if f.Check(known || openTo(s), at, unexpected) && known && object[name] != nil {
			r.Check(f, property, at, object[name])
		}
	}
}

// openTo reports whether an object may have members that its schema does not name. One that
// says nothing about it is shared with answers, which may grow: a request may not.
func openTo(s *huma.Schema) bool {
	return s.AdditionalProperties != nil && s.AdditionalProperties != false
}

func (r Schemas) checkArray(f *Faults, s *huma.Schema, pointer string, list []any) {
	if !checkLength(f, s, pointer, list) {
		return
	}
	for i, v := range list {
		r.Check(f, s.Items, Below(pointer, i), v)
	}
}

func checkLength(f *Faults, s *huma.Schema, pointer string, list []any) bool {
	return f.Check(s.MaxItems == nil || len(list) <= *s.MaxItems, pointer, fault.Crowded) &&
		f.Check(s.MinItems == nil || len(list) >= *s.MinItems, pointer, fault.BadFormat)
}

func checkText(f *Faults, s *huma.Schema, pointer, v string) {
	n := utf8.RuneCountInString(v)
	switch {
	case s.MinLength != nil && n < *s.MinLength:
		f.add(pointer, fault.Required)
	case s.MaxLength != nil && n > *s.MaxLength:
		f.add(pointer, fault.TooLong)
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, any(v)):
		f.add(pointer, fault.Unknown)
	case s.Pattern != "" && !pattern(s.Pattern).MatchString(v):
		f.add(pointer, fault.BadFormat)
	case s.Format == "date-time":
		_, ok := ParseTime(v)
		f.Check(ok, pointer, fault.BadFormat)
	}
}

func checkNumber(f *Faults, s *huma.Schema, pointer, written string) {
	v, err := strconv.ParseFloat(written, 64)
	switch s.Type {
	case huma.TypeInteger:
		// Written as an integer, that is: 28.0 and 28e0 are floats on their way into money.
		if !f.Check(strings.Trim(written, "-0123456789") == "", pointer, wrongType[s.Type]) {
			return
		}
		_, err = strconv.ParseInt(written, 10, 64)
	case huma.TypeNumber:
	default:
		f.add(pointer, wrongType[s.Type])
		return
	}
	ok := err == nil &&
		(s.Minimum == nil || v >= *s.Minimum) && (s.ExclusiveMinimum == nil || v > *s.ExclusiveMinimum) &&
		(s.Maximum == nil || v <= *s.Maximum) && (s.ExclusiveMaximum == nil || v < *s.ExclusiveMaximum)
	f.Check(ok, pointer, fault.OutOfRange)
}

// patterns holds the compiled patterns of the schemas: a handful.
var patterns sync.Map

func pattern(expression string) *regexp.Regexp {
	if re, ok := patterns.Load(expression); ok {
		return re.(*regexp.Regexp) //nolint:errcheck,forcetypeassert // nothing else is put in
	}
	re := regexp.MustCompile(expression)
	patterns.Store(expression, re)
	return re
}

// parameter is a query parameter of an operation.
type parameter struct {
	name, pointer string
	required      bool
	schema        *huma.Schema
}

// queryParameters are those of an operation that come in the query.
func queryParameters(all []*huma.Param) (list []parameter) {
	for _, p := range all {
		if p.In == "query" {
			list = append(list, parameter{p.Name, "?" + p.Name, p.Required, p.Schema})
		}
	}
	return list
}

// longestName bounds what is said again of a parameter that is none.
const longestName = 64

// checkQuery adds to f what is wrong with the query parameters of an operation, and
// takes out of the query the values that cannot be read at all, so that huma, which would
// refuse at the first of them, lets the room see the rest.
func (r Schemas) checkQuery(f *Faults, parameters []parameter, query url.Values) {
	for _, name := range slices.Sorted(maps.Keys(query)) {
		at := "?" + name[:min(len(name), longestName)]
		known := slices.ContainsFunc(parameters, func(p parameter) bool { return p.name == name })
		if f.Check(known, at, noParameter) && !f.Check(len(query[name]) == 1, at, repeated) {
			query.Del(name)
		}
	}
	for i := range parameters {
		p := &parameters[i]
		given := query.Get(p.name)
		if given == "" {
			f.Check(!p.required, p.pointer, fault.Required)
			continue
		}
		v, ok := readParameter(p.schema, given)
		before := len(f.List)
		list, isList := v.([]any)
		switch {
		case !ok && p.schema.Type == huma.TypeArray:
			f.add(p.pointer, fault.BadFormat)
		case !ok:
			f.add(p.pointer, wrongType[p.schema.Type])
		case !isList:
			r.Check(f, p.schema, p.pointer, v)
		case checkLength(f, p.schema, p.pointer, list):
			for _, item := range list {
				r.Check(f, p.schema.Items, p.pointer, item)
			}
		}
		if len(f.List) > before {
			query.Del(p.name)
		}
	}
}

// readParameter is a parameter's text as the JSON value that its schema speaks of.
func readParameter(s *huma.Schema, text string) (v any, ok bool) {
	switch s.Type {
	case huma.TypeString:
		return text, true
	case huma.TypeBoolean:
		return text == "true", text == "true" || text == "false"
	case huma.TypeArray:
		return readParameters(s.Items, text)
	}
	return json.Number(text), isNumber(text)
}

// isNumber reports whether a text is a number by the grammar of JSON, which knows no NaN,
// no hex and no leading + or 0.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if fraction, found := strings.CutPrefix(s, "."); found {
		n := digits(fraction)
		if n == 0 {
			return false
		}
		s = fraction[n:]
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		n := digits(s)
		return n > 0 && n == len(s)
	}
	return s == ""
}

// digits is how many of them a text begins with.
func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// readParameters is a list, which a query holds with commas between.
func readParameters(s *huma.Schema, text string) (list []any, ok bool) {
	for part := range strings.SplitSeq(text, ",") {
		v, ok := readParameter(s, part)
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	return list, true
}

// ParseTime reads RFC 3339. In a query the + of a zone that nobody has escaped
// arrives as a space.
func ParseTime(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, false // the error costs more than the whole answer of many calls
	}
	t, err := time.Parse(time.RFC3339, strings.ReplaceAll(s, " ", "+"))
	return t, err == nil
}
