package text_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"corner/text"
)

func TestOneEdit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"", "a", true},
		{"", "ab", false},
		{"a", "b", true},
		{"ab", "ba", true},
		{"abc", "cba", false},
		{"coffee", "cofee", true},
		{"coffee", "coffeee", true},
		{"coffee", "cofefe", true},
		{"coffee", "koffee", true},
		{"coffee", "cafe", false},
		{"abcd", "badc", false},
		{"ab", "bca", false},
		{"кофе", "коФе", true},
		{"кофе", "кофé", true},
		{"é", "e", true},
		{"洗车店", "洗店", true},
		{"洗车店", "车洗店", true},
		{"洗车", "店面", false},
		{"é", "è", true},
		{"éa", "aè", false}, // é and è share their first byte
	} {
		if got := text.OneEdit(c.a, c.b); got != c.want {
			t.Errorf("OneEdit(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestOneEditIsDistance holds OneEdit against the distance of textbooks.
func TestOneEditIsDistance(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringOfN(rapid.RuneFrom([]rune("abé洗")), 0, 7, -1).Draw(t, "a")
		b := rapid.StringOfN(rapid.RuneFrom([]rune("abéè洗")), 0, 7, -1).Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = slip(t, a)
		}
		want := distance([]rune(a), []rune(b)) <= 1
		if got := text.OneEdit(a, b); got != want {
			t.Fatalf("OneEdit(%q, %q) = %v, want %v", a, b, got, want)
		}
		if got := text.OneEdit(b, a); got != want {
			t.Fatalf("OneEdit(%q, %q) = %v, and not the other way round", b, a, got)
		}
	})
}

// slip is s with one character replaced, or with another one beside it.
func slip(t *rapid.T, s string) string {
	runes := []rune(s)
	at := rapid.IntRange(0, len(runes)).Draw(t, "at")
	with := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("aé洗")), 0, 2, -1).Draw(t, "with"))
	till := min(len(runes), at+rapid.IntRange(0, 2).Draw(t, "n"))
	return string(runes[:at]) + string(with) + string(runes[till:])
}

// distance is the restricted Damerau–Levenshtein distance.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
		for j := 1; i == 0 && j <= len(b); j++ {
			d[0][j] = j
		}
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func FuzzOneEdit(f *testing.F) {
	f.Add("coffee", "cofee")
	f.Add("é", "\xc3")
	f.Fuzz(func(t *testing.T, a, b string) {
		got := text.OneEdit(a, b)
		if text.OneEdit(b, a) != got {
			t.Errorf("OneEdit(%q, %q) = %v, and not the other way round", a, b, got)
		}
		if got && utf8.ValidString(a) && utf8.ValidString(b) && distance([]rune(a), []rune(b)) > 1 {
			t.Errorf("OneEdit(%q, %q), want not", a, b)
		}
	})
}
