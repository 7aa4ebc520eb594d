package discovery_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
)

func TestParseText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100)
	for q, want := range map[string]discovery.Text{
		"":                   {},
		" 🍜 !?·—… ":          {},
		"洗":                  {Grams: []string{"洗"}},
		"老王洗车店":              {Grams: []string{"洗车", "王洗", "老王", "车店"}},
		"老王 xiche":           {Grams: []string{"老王"}, Prefixes: []string{"xiche"}},
		"Joe's JOE’S":        {Prefixes: []string{"joes"}},
		"７－Ｅｌｅｖｅｎ":           {Grams: []string{"7"}, Prefixes: []string{"eleven"}},
		"365商务":              {Grams: []string{"商务"}, Prefixes: []string{"365"}},
		"Café Ørsted Straße": {Prefixes: []string{"cafe", "orsted", "strasse"}},
		"Phở Đà Nẵng":        {Prefixes: []string{"da", "nang", "pho"}},
		"cafe\u0301":         {Prefixes: []string{"cafe"}},
		"Xi'an":              {Prefixes: []string{"xian"}},
		"ｽﾀｰ":                {Grams: []string{"ター", "スタ"}},
		"스타벅":                {Grams: []string{"스타", "타벅"}},
		"ร้าน":               {Grams: []string{"ร้", "้า", "าน"}},
		"ΣΊΣΥΦΟΣ":            {Prefixes: []string{"σίσυφοσ"}},
		"Чай":                {Prefixes: []string{"чай"}},
		"x\xff\xfey z":       {Grams: []string{"x", "y", "z"}},
		long:                 {Prefixes: []string{long[:64]}},
		long[:63] + " bcd":   {Prefixes: []string{long[:63]}},
		long[:62] + " bcd":   {Prefixes: []string{long[:62]}}, // "b" alone would ask for the word b
		long[:61] + " bcd":   {Prefixes: []string{long[:61], "bc"}},
	} {
		slices.Sort(want.Grams)
		got := discovery.ParseText(q)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseText(%q) (-want +got):\n%s", q, diff)
		}
		if empty := len(want.Grams)+len(want.Prefixes) == 0; got.Any() != empty {
			t.Errorf("ParseText(%q).Any() = %v, want %v", q, got.Any(), empty)
		}
	}
}

func TestMatching(t *testing.T) {
	t.Parallel()
	wash := discovery.Listing{
		Names:    catalog.Names{Main: "老王洗车店", En: "Lao Wang's Car Wash"},
		Category: "car_wash",
		Services: []discovery.Offering{{Name: "精洗 Deluxe"}},
	}
	bank := discovery.Listing{Names: catalog.Names{Main: "重庆银行（长沙支行）", Zh: "重庆银行（长沙支行）"}, Category: "bank"}
	seven := discovery.Listing{Names: catalog.Names{Main: "7-Eleven", Zh: "柒一拾壹"}, Category: "convenience"}
	park := discovery.Listing{Names: catalog.Names{Main: "绿地女子健身"}, Category: "gym"}
	for _, c := range []struct {
		listing *discovery.Listing
		yes, no string // queries, apart by |
	}{
		{&wash, "|老王洗车店|洗车|王|xiche|xcd|laowang|lw|laowangxichedian|lwxcd|老王 xiche|xiche 老王|xi che|wangx|" +
			"lao wangs|car wash|WASH car|汽车服务|精洗|delu|洗车 car|ju|wangxiju", "老张|王老|lwc|arwash|s|l|aowang|xiche 老张|elux"},
		{&bank, "chongqing|chongqingyinhang|cqyh|银行|changsha|zhihang|public", "chongyin"},
		{&seven, "7|7 ELE|7 el|eleven|QYSY|便利", "8"},
		{&park, "lvdi|ludi|lüdi|nvzi|nuzi|nü|gym|fitness", "lvdizi"},
	} {
		terms := discovery.TermsOf(c.listing)
		for q := range strings.SplitSeq(c.yes, "|") {
			if !discovery.ParseText(q).Matches(terms) {
				t.Errorf("%q does not find %s, want it to", q, c.listing.Names.Main)
			}
		}
		for q := range strings.SplitSeq(c.no, "|") {
			if discovery.ParseText(q).Matches(terms) {
				t.Errorf("%q finds %s, want it not to", q, c.listing.Names.Main)
			}
		}
	}
}

func TestTermsAreSortedWithoutRepeats(t *testing.T) {
	t.Parallel()
	l := discovery.Listing{Names: catalog.Names{Main: "和和和和和和和和 ab ab", Zh: "行行行行"}, Category: "noodles"}
	for i := range 2 { // the second time from the caches
		terms := discovery.TermsOf(&l)
		for name, list := range map[string][]string{"Grams": terms.Grams, "Words": terms.Words} {
			if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
				t.Errorf("call %d: %s = %q, want sorted and unique", i, name, list)
			}
		}
	}
}

// FuzzParseText holds that ParseText is bounded, that its result is stable, and that
// a place is found by its own name, whatever that is and wherever it is cut.
func FuzzParseText(f *testing.F) {
	for _, q := range []string{
		"", "老王洗车店", "老王 xiche", "Joe's ＡＢＣ", "ｽﾀｰﾊﾞｯｸｽ", "ร้านกาแฟ", "a\u0301\u0301b", "か\u3099", "\ufdfa\ufdfa\ufdfa\ufdfa",
		"한국\u1100\u1161", "İIıi", "x\xff", strings.Repeat("a b ", 40), strings.Repeat("洗a", 40), strings.Repeat("é", 64) + "\u0301", "ﬃﬆ½Ⅳ②", "ǿǽ", "a'\u0364", "\u0301", "a\u200db",
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		text := discovery.ParseText(q)
		if n := len(text.Grams) + len(text.Prefixes); n > 64 {
			t.Errorf("ParseText(%q) has %d parts, want at most 64", q, n)
		}
		for _, part := range slices.Concat(text.Grams, text.Prefixes) {
			if !utf8.ValidString(part) || part == "" || utf8.RuneCountInString(part) > 64 {
				t.Errorf("ParseText(%q) has the part %q", q, part)
			}
			if first, _ := utf8.DecodeRuneInString(part); unicode.IsMark(first) {
				continue // half of a character of which a pair was made
			}
			if again := discovery.ParseText(part); !slices.Contains(slices.Concat(again.Grams, again.Prefixes), part) {
				t.Errorf("ParseText(%q) = %q, want the part itself", part, again)
			}
		}
		l := discovery.Listing{Names: catalog.Names{Main: q}}
		if terms := discovery.TermsOf(&l); !text.Matches(terms) {
			t.Errorf("a place called %q (%q) is not found by its name %q", q, terms, text)
		}
	})
}

func BenchmarkTermsOf(b *testing.B) {
	listings := discoverytest.Listings(1, 1000)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		discovery.TermsOf(&listings[n%len(listings)])
	}
}

func BenchmarkParseText(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		discovery.ParseText("老王 xiche")
	}
}

// TestPinyinRecall asks for real names by the pinyin of an independent program.
func TestPinyinRecall(t *testing.T) {
	t.Parallel()
	rows := fixture(t, "pinyin_of_names_a.csv")
	full, initials, terms := 0, 0, 0
	for _, row := range rows[1:] {
		found := discovery.TermsOf(&discovery.Listing{Names: catalog.Names{Main: row[0]}})
		terms += len(found.Words)
		if discovery.ParseText(row[1]).Matches(found) {
			full++
		} else {
			t.Logf("%s is not found by %s", row[0], row[1])
		}
		if discovery.ParseText(row[3]).Matches(found) {
			initials++
		} else {
			t.Logf("%s is not found by %s", row[0], row[3])
		}
	}
	n := len(rows) - 1
	t.Logf("of %d names, by full pinyin %d (%.3f), by initials %d (%.3f); %.1f words a name",
		n, full, float64(full)/float64(n), initials, float64(initials)/float64(n), float64(terms)/float64(n))
	if full*100 < n*97 || initials*100 < n*97 {
		t.Errorf("found %d and %d of %d, want 97 %% of either", full, initials, n)
	}
}

// fixture reads a file of the shared test data, or skips.
func fixture(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(discoverytest.Fixtures(t), name))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
