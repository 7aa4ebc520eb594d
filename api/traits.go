package api

import (
	"reflect"
	"strings"

	"corner/api/rest"

	"corner/catalog"
)

// TraitsBody is catalog.Traits in bodies and answers, a member for each; a test holds that
// none is missing. It is exported because huma does not look into embedded structs that are not.
type TraitsBody struct {
	Wheelchair string `json:"wheelchair,omitempty" enum:"yes,limited,no" doc:"How far a wheelchair gets, as OpenStreetMap tags it. Absent while nobody has told it." example:"limited"`
}

// TraitsInput is the same in queries.
type TraitsInput struct {
	Wheelchair []string `query:"wheelchair" maxItems:"3" enum:"yes,limited,no" doc:"Only places where a wheelchair gets so far: one of these values, separated by commas." example:"[\"yes\", \"limited\"]"`
}

// traitMembers is where a struct of traits keeps each, by its key.
func traitMembers(of reflect.Type, tag string) map[string]int {
	m := make(map[string]int, of.NumField())
	for i := range of.NumField() {
		key, _, _ := strings.Cut(of.Field(i).Tag.Get(tag), ",")
		m[key] = i
	}
	return m
}

var (
	traitsOfBody  = traitMembers(rest.TypeFor[TraitsBody](), "json")
	traitsOfInput = traitMembers(rest.TypeFor[TraitsInput](), "query")
)

// parse is the values by their traits' keys.
func (b TraitsBody) parse() map[string]string {
	var values map[string]string
	for key, i := range traitsOfBody {
		if v := reflect.ValueOf(b).Field(i).String(); v != "" {
			if values == nil {
				values = map[string]string{}
			}
			values[key] = v
		}
	}
	return values
}

func renderTraits(words catalog.TraitSet) (b TraitsBody) {
	for key, i := range traitsOfBody {
		reflect.ValueOf(&b).Elem().Field(i).SetString(words.Value(key))
	}
	return b
}

// words is what a query asks for, in the order of catalog.Traits.
func (in TraitsInput) words() []string {
	var words []string
	for i := range catalog.Traits {
		t := &catalog.Traits[i]
		at, has := traitsOfInput[t.Key]
		if !has {
			continue
		}
		values, _ := reflect.ValueOf(in).Field(at).Interface().([]string)
		for _, value := range values {
			words = append(words, t.Word(value))
		}
	}
	return words
}

// traitField is the member of a hit that is the i-th trait. They come behind all others.
func traitField(i int) fields { return 1 << (32 + i) }

// appendTraits writes the traits of the set.
func appendTraits(b []byte, words catalog.TraitSet, mask fields) []byte {
	for i := range catalog.Traits {
		t := &catalog.Traits[i]
		if v := words.Value(t.Key); v != "" && mask&traitField(i) != 0 {
			b = append(append(append(b, ',', '"'), t.Key...), '"', ':')
			b = rest.AppendText(b, v)
		}
	}
	return b
}

// traitName is what a word of catalog.Traits is called: "Wheelchair access: Throughout".
func traitName(word string, l rest.Language) string {
	t, v, known := catalog.TraitByWord(word)
	if !known {
		return ""
	}
	return t.Label(string(l)) + l.Pick(": ", "：") + v.Label(string(l))
}
