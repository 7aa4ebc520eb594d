package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corner/text"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                        "",
		"KFC":                     "kfc",
		"Joe's JOE’S ʼn":          "joes joes n",
		"７－Ｅｌｅｖｅｎ":                "7-eleven",
		"Café Ørsted Straße":      "cafe orsted strasse",
		"cafe\u0301 a\u0364":      "cafe a",
		"Phở Đà Nẵng":             "pho da nang",
		"ǅ ﬃ ½ ②":                 "dz ffi 1⁄2 2",
		"ΣΊΣΥΦΟΣ":                 "σίσυφοσ",
		"ｽﾀｰﾊﾞｯｸｽ か\u3099":        "スターバックス が",
		"臺北 台北 檯面 颱風":             "台北 台北 台面 台风",
		"賈炳達道公園":                  "贾炳达道公园",
		"滙豐銀行 汇丰银行 匯豐":            "汇丰银行 汇丰银行 汇丰",
		"乾洗 乾隆 干洗":                "干洗 干隆 干洗",
		"頭髮 出發 头发 出发":             "头发 出发 头发 出发",
		"著名 着名 裏 裡 里":             "着名 着名 里 里 里",
		"鐵板燒 鉄板焼 铁板烧":             "铁板烧 铁板烧 铁板烧",
		"\uf900車":                 "岂车", // kept by Unicode for compatibility
		"a\u200db 洗\ufe00车\u00ad": "ab 洗车",
		"x\xff\xfey":              "x\ufffd\ufffdy",
		"=\u0338 洗\u0301":         "≠ 洗\u0301",
	} {
		if got := text.Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
		if got := string(text.AppendFold([]byte("a"), s)); got != "a"+want {
			t.Errorf("AppendFold(a, %q) = %q, want a%s", s, got, want)
		}
	}
}

func TestFoldSome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s     string
		limit int
		want  string
		cut   bool
	}{
		{"abc", 3, "abc", false},
		{"abc'", 3, "abc", false},
		{"abcd", 3, "abc", true},
		{"咖啡館", 2, "咖啡", true},
		{"aßb", 2, "a", true}, // not half of ss
		{"éé\u0301", 2, "ee", false},
		{"ｽﾀｰﾊﾞｯｸｽ", 4, "スターバ", true},
		{"abc", 0, "", true},
	} {
		if got, cut := text.FoldSome(c.s, c.limit); got != c.want || cut != c.cut {
			t.Errorf("FoldSome(%q, %d) = %q, %v; want %q, %v", c.s, c.limit, got, cut, c.want, c.cut)
		}
	}
}

// FuzzFold holds that a folded text is folded, in whatever pieces, and within its limit.
func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"Café 老王洗車店", "か'\u3099", "か\u200d\u3099", "a'\u0364", "\ufdfa\ufdfa", "İIıi", "x\xff\u0301", "한국\u1100\u1161",
		"ำา", "ﬃﬆ½Ⅳ②", "ǿǽ\u0345\u0301", "Ω\u0345K", "\u0344\u0340", "\u1e9e\u0130\u0307", "\ua9c0\U0001d15e\U0002f800", "㍿㌀",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := text.Fold(s)
		if again := text.Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, and that folds to %q", s, folded, again)
		}
		if !utf8.ValidString(folded) {
			t.Errorf("Fold(%q) = %q is not valid", s, folded)
		}
		if all, cut := text.FoldSome(s, 8*len(s)+32); all != folded && !cut {
			t.Errorf("FoldSome(%q) = %q, want %q", s, all, folded)
		}
		some, cut := text.FoldSome(s, 8)
		if n := utf8.RuneCountInString(some); n > 8 || !cut && some != folded {
			t.Errorf("FoldSome(%q, 8) = %q, %v", s, some, cut)
		}
	})
}

// TestFoldOfEveryCharacter holds that folding any single character folds it for good.
func TestFoldOfEveryCharacter(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= utf8.MaxRune; r++ {
		folded := text.Fold(string(r))
		if again := text.Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, and that folds to %q", r, folded, again)
		}
		if normal := text.Fold(norm.NFKC.String(string(r))); normal != folded {
			t.Errorf("Fold(%q) = %q, and in Unicode's normal form %q", r, folded, normal)
		}
		if alone := text.Fold("x" + string(r) + "y"); !strings.HasPrefix(alone, "x") || !strings.HasSuffix(alone, "y") {
			t.Errorf("Fold(x%cy) = %q", r, alone)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, s string }{
		{"folded", "lao wang car wash"},
		{"english", "Lao Wang's Car Wash (People's Road)"},
		{"chinese", "老王洗车店（人民路店）"},
		{"traditional", "賈炳達道公園"},
		{"mixed", "賈炳達道公園 Carpenter Road Park"},
		{"latin", "Pâtisserie Élise à Praha"},
		{"thai", "ร้านกาแฟ"},
		{"kana", "スターバックス"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			buf := make([]byte, 0, 256)
			for b.Loop() {
				buf = text.AppendFold(buf[:0], c.s)
			}
		})
	}
}
