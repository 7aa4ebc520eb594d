package catalog_test

import (
	"strings"
	"testing"

	"corner/catalog"
)

// TestTraits holds what everybody who goes by the list takes for granted.
func TestTraits(t *testing.T) {
	t.Parallel()
	numbers := map[int]string{}
	for i := range catalog.Traits {
		trait := &catalog.Traits[i]
		if _, taken := catalog.AttributeNumber(trait.Key); taken {
			t.Errorf("%s is an attribute, too", trait.Key)
		}
		if trait.En == "" || trait.Zh == "" || len(trait.Values) < 2 {
			t.Errorf("%s has no name in a language, or too few values", trait.Key)
		}
		for _, v := range trait.Values {
			word := trait.Word(v.Key)
			n, known := catalog.TraitNumber(word)
			if !known || n < 0 || n >= catalog.MaxTraitValues || numbers[n] != "" {
				t.Errorf("%s has the number %d, %v, which is too high or that of %q", word, n, known, numbers[n])
			}
			numbers[n] = word
			if v.En == "" || v.Zh == "" || strings.ContainsAny(word, " ,") {
				t.Errorf("%s has no name in a language, or cannot be stored in a list", word)
			}
		}
	}
}

// TestTraitOfTag goes by what OpenStreetMap's taginfo shows for the key.
func TestTraitOfTag(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"yes": "yes", "limited": "limited", "no": "no", "designated": "yes", "Yes": "yes", "no\t": "no",
		"unknown": "", "half": "", "yes;no": "", "": "", "bad": "",
	} {
		got := catalog.TraitsOfTags(func(key string) string {
			if key == "wheelchair" {
				return tag
			}
			return ""
		})["wheelchair"]
		if got != want {
			t.Errorf("wheelchair=%q means %q, want %q", tag, got, want)
		}
	}
}

func TestTraitSet(t *testing.T) {
	t.Parallel()
	if got := catalog.TraitsOf("wheelchair=no").Value("wheelchair"); got != "no" {
		t.Errorf("the value is %q", got)
	}
	if got := catalog.TraitsOf("wheelchair=no").Value("wheel"); got != "" {
		t.Errorf("the value of another trait is %q", got)
	}
	if _, _, ok := catalog.TraitByWord("wheelchair=perhaps"); ok {
		t.Error("a value that nobody declared is known")
	}
}
