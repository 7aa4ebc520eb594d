package catalog

import (
	"maps"
	"math/bits"
	"slices"
	"strings"

	"corner/fault"
)

// Trait is a property of a place that has one of a few values; it has none until somebody
// has told it. Traits are declared in this file and nowhere else: the store, the listings,
// both indexes, the cursor's digest, the history, the facets and the import read the list
// Traits. Only the API's bodies name each trait again, in api/traits.go, so that the
// reference can describe it.
type Trait struct {
	Key    string // what bodies, queries, columns of an import and OpenStreetMap call it
	En, Zh string
	Values []TraitValue
}

// TraitValue is one value that a trait can have.
type TraitValue struct {
	Key    string
	En, Zh string
	Tags   []string // what else OpenStreetMap writes for it
}

// Traits is the properties that a place can have beside its Attributes. Keys and order
// never change: the list only grows, and holds at most MaxTraitValues values in all.
var Traits = []Trait{
	// https://wiki.openstreetmap.org/wiki/Key:wheelchair
	{"wheelchair", "Wheelchair access", "轮椅通行", []TraitValue{
		{"yes", "Throughout", "全部可通行", []string{"designated"}},
		{"limited", "In part, or with help", "部分可通行", nil},
		{"no", "None", "不可通行", nil},
	}},
}

// MaxTraitValues is how many values of traits there can be, so that a set of them is a
// machine word.
const MaxTraitValues = 64

// traitNumbers is where each value is, by its word, counted through all traits.
var traitNumbers = func() map[string]int {
	m := map[string]int{}
	for i := range Traits {
		for _, v := range Traits[i].Values {
			m[Traits[i].Word(v.Key)] = len(m)
		}
	}
	return m
}()

// wordsOfTraits is the words by their numbers.
var wordsOfTraits = func() []string {
	list := make([]string, len(traitNumbers))
	for word, n := range traitNumbers {
		list[n] = word
	}
	return list
}()

// Word is how a value of the trait is kept: "wheelchair=yes".
func (t *Trait) Word(value string) string { return t.Key + "=" + value }

// Label is the trait's name in the language, "zh" or anything else for English.
func (t *Trait) Label(language string) string {
	if strings.HasPrefix(language, "zh") {
		return t.Zh
	}
	return t.En
}

// Label is the value's name in the language, "zh" or anything else for English.
func (v *TraitValue) Label(language string) string {
	if strings.HasPrefix(language, "zh") {
		return v.Zh
	}
	return v.En
}

// OfTag is the value that OpenStreetMap's tag of the trait's key means; "" for none.
func (t *Trait) OfTag(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	for _, v := range t.Values {
		if v.Key == tag || slices.Contains(v.Tags, tag) {
			return v.Key
		}
	}
	return ""
}

// TraitByWord is the trait and the value of a word.
func TraitByWord(word string) (*Trait, *TraitValue, bool) {
	key, value, _ := strings.Cut(word, "=")
	for i := range Traits {
		if Traits[i].Key != key {
			continue
		}
		for j := range Traits[i].Values {
			if Traits[i].Values[j].Key == value {
				return &Traits[i], &Traits[i].Values[j], true
			}
		}
	}
	return nil, nil, false
}

// TraitNumber is the number of a word, less than MaxTraitValues. It holds for this run of
// the program only, and is never stored.
func TraitNumber(word string) (int, bool) {
	n, ok := traitNumbers[word]
	return n, ok
}

// TraitSet is the traits of one place: a bit for each value, by TraitNumber, at most one of
// each trait.
type TraitSet uint64

// TraitsOf is the set of the given words. Unknown words are left out.
func TraitsOf(words ...string) (set TraitSet) {
	for _, word := range words {
		if n, known := TraitNumber(word); known {
			set |= 1 << n
		}
	}
	return set
}

// Words is the values, in the order of Traits; nil for none.
func (s TraitSet) Words() (words []string) {
	for ; s != 0; s &= s - 1 {
		words = append(words, wordsOfTraits[bits.TrailingZeros64(uint64(s))])
	}
	return words
}

// Value is the value of a trait; "" while nobody has told it.
func (s TraitSet) Value(trait string) string {
	for ; s != 0; s &= s - 1 {
		if key, value, _ := strings.Cut(wordsOfTraits[bits.TrailingZeros64(uint64(s))], "="); key == trait {
			return value
		}
	}
	return ""
}

// traitSet checks values by their traits' keys. An empty value is none.
func traitSet(in *fault.Input, values map[string]string) (set TraitSet) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if values[key] == "" {
			continue
		}
		one := TraitsOf(key + "=" + values[key])
		in.Check(one != 0, key, fault.Unknown)
		set |= one
	}
	return set
}

// TraitsOfTags reads the traits from OpenStreetMap's tags; nil if they say nothing.
func TraitsOfTags(tag func(key string) string) map[string]string {
	var values map[string]string
	for i := range Traits {
		if v := Traits[i].OfTag(tag(Traits[i].Key)); v != "" {
			if values == nil {
				values = map[string]string{}
			}
			values[Traits[i].Key] = v
		}
	}
	return values
}
