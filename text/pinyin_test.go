package text_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/text"
)

func TestReadings(t *testing.T) {
	t.Parallel()
	for r, want := range map[rune]string{
		'洗': "xi xian", '行': "xing hang", '绿': "lv lu", '干': "gan an qian", '着': "zhe zhao zhuo zhu", '〇': "ling", 'a': "", 'カ': "", 'ー': "", '嗯': "",
	} {
		for range 2 { // the second time it is known
			if got := strings.Join(text.Readings(r), " "); !strings.HasPrefix(got+" ", want+" ") || want == "" && got != "" {
				t.Errorf("Readings(%c) = %s, want %s first", r, got, want)
			}
		}
	}
}

// TestEverySyllable holds that every reading is one syllable, and cut as such.
func TestEverySyllable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for r := rune(0x3007); r < 0x32000; r++ {
		for _, s := range text.Readings(r) {
			seen[s] = true
		}
	}
	if len(seen) != 422 {
		t.Errorf("%d syllables, want 422", len(seen))
	}
	for s := range seen {
		if got := slices.Collect(text.Syllables(s)); len(got) == 0 || !slices.Equal(got[0], []string{s}) {
			t.Errorf("Syllables(%s) = %v, want %s itself first", s, got, s)
		}
	}
}

func TestSyllables(t *testing.T) {
	t.Parallel()
	for word, want := range map[string][]string{
		"":          nil,
		"xiche":     {"xi che"},
		"xian":      {"xian", "xi an", "xia n", "xi a n"}, // a syllable may be on its way at the end
		"xianx":     {"xian x", "xi an x"},
		"fangan":    {"fang an", "fan gan", "fang a n", "fan ga n"},
		"laowangxi": {"lao wang xi", "la o wang xi"},
		"laowangx":  {"lao wang x", "la o wang x"},
		"nvren":     {"nv ren", "nv re n"},
		"hm":        nil,
		"ng":        nil,
		"coffee":    nil,
		"xiche1":    nil,
		"naïve":     nil,
		"zh":        {"zh"},
		"xizh":      {"xi zh"},
	} {
		var got []string
		for cut := range text.Syllables(word) {
			got = append(got, strings.Join(cut, " "))
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Syllables(%q) (-want +got):\n%s", word, diff)
		}
	}
	for range text.Syllables(strings.Repeat("xian", 100)) { // 2^100 ways: nobody waits for them
		break
	}
}

func TestAreInitials(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"xcd": true, "lw": true, "x": false, "": false, "xid": false, "lvd": false, "du": false, "abcdefgh": true, "abcdefghj": false, "x1": false, "é": false,
	} {
		if got := text.AreInitials(word); got != want {
			t.Errorf("AreInitials(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestCanBeRead(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"xiche": true, "xich": true, "xcd": true, "qyhyqyhyqyhy": true, "a": false, "": false, "coffee": true, "public": false, "x": false, "v": false, "xi che": false, "7eleven": false,
	} {
		if got := text.CanBeRead(word); got != want {
			t.Errorf("CanBeRead(%q) = %v, want %v", word, got, want)
		}
	}
}

func BenchmarkReadings(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range "老王洗车店" {
			text.Readings(r)
		}
	}
}

func BenchmarkSyllables(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for range text.Syllables("laowangxichedian") {
		}
	}
}
