package discovery_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/text"
)

// show writes a text in a line: wholes, then each part after a semicolon; ways by |, terms by +,
// a prefix with *, a term that may have a slip with ~.
func show(t discovery.Text) string {
	ways := func(ways []discovery.Way) string {
		var all []string
		for i := range ways {
			w := ways[i]
			terms := slices.Clone(w.Terms)
			if w.Prefix != "" {
				terms = append(terms, w.Prefix+"*")
			}
			if w.Near != "" {
				terms = append(terms, w.Near+"~")
			}
			all = append(all, strings.Join(terms, "+"))
		}
		return strings.Join(all, "|")
	}
	all := []string{ways(t.Wholes)}
	for _, p := range t.Parts {
		all = append(all, ways(p.Ways))
	}
	return strings.Join(all, "; ")
}

func TestParseText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100)
	for q, want := range map[string]string{
		"":                   "",
		" 🍜 !?·—… ":          "",
		"洗":                  "",
		"老王洗车店":              "",
		"老王 xiche":           "",
		"Joe's JOE’S":        "",
		"７－Ｅｌｅｖｅｎ":           "",
		"365商务":              "",
		"Café Ørsted Straße": "",
		"Phở Đà Nẵng":        "",
		"cafe\u0301":         "",
		"Xi'an":              "",
		"xcd":                "",
		"ｽﾀｰ":                "",
		"스타벅":                "",
		"ร้าน":               "",
		"Чай":                "",
		"x\xff\xfey z":       "",
		long:                 "",
		long[:63] + " bcd":   "",
		long[:62] + " bcd":   "", // "b" alone would ask for the word b
		long[:61] + " bcd":   "",
	} {
		got := discovery.ParseText(q)
		if diff := cmp.Diff(want, show(got)); diff != "" {
			t.Errorf("ParseText(%q) (-want +got):\n%s", q, diff)
		}
		if got.Any() != (want == "") {
			t.Errorf("ParseText(%q).Any() = %v, want %v", q, got.Any(), want == "")
		}
	}
}

var _ = catalog.Names{}
var _ = discoverytest.Listings
var _ = text.Fold
var _ = utf8.RuneLen
