package api_test

import (
	"reflect"
	"strings"
	"testing"

	"corner/api"
	"corner/catalog"
)

// TestTraits: bodies and queries name each trait, with all of its values, and no others.
func TestTraits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of  reflect.Type
		tag string
	}{{reflect.TypeFor[api.TraitsBody](), "json"}, {reflect.TypeFor[api.TraitsInput](), "query"}} {
		if c.of.NumField() != len(catalog.Traits) {
			t.Errorf("%s has %d members, want one for each of %d traits", c.of, c.of.NumField(), len(catalog.Traits))
		}
		for i := range catalog.Traits {
			trait, found := &catalog.Traits[i], false
			var values []string
			for _, v := range trait.Values {
				values = append(values, v.Key)
			}
			for field := range c.of.Fields() {
				if key, _, _ := strings.Cut(field.Tag.Get(c.tag), ","); key == trait.Key {
					found = field.Tag.Get("enum") == strings.Join(values, ",")
				}
			}
			if !found {
				t.Errorf("%s has no member %q with enum:%q", c.of, trait.Key, strings.Join(values, ","))
			}
		}
	}
}
