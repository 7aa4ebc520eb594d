package text_test

import (
	"testing"

	"corner/text"
)

func TestFlaw(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                               "",
		"老王面馆":                           "",
		"Café Ångström & Söhne <3 100 %": "",
		"a < b, b > c":                   "",
		"肯德基KFC（观前街店）":                   "",
		"スターバックスcoffee":                  "",
		"Καφενείο Ο Γιάννης":             "",
		"Кафе Пушкинъ":                   "",
		"Кафе McDonald's":                "", // two words
		"شركة قهوه\u200cخانه":            "", // Persian needs the joiner
		"👨‍👩‍👧 Family":                   "",
		"🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F Pub": "", // Scotland's flag
		"שלום\u200f!":         "",
		"two\nlines":          "",
		"\u200b":              "invisible",
		"\u2800\u2800":        "invisible",
		"\u3164":              "invisible",
		"\u200d\ufe0f \u00ad": "invisible",
		"K\u200bFC":           "invisible",
		"KFC\ufeffx":          "invisible",
		"KFC\U000E0041":       "invisible",
		"KFC \u202egnitset":   "direction_control",
		"KFC \u2067x\u2069":   "direction_control",
		"KFC\x07":             "bad_format",
		"KFC\u0085":           "bad_format",
		"\xff":                "bad_format",
		"KFC <b>bold</b>":     "",
		"Stаrbucks":           "mixed_scripts", // а is Cyrillic
		"ΚFC":                 "mixed_scripts", // Κ is Greek
		"店Stаrbucks":          "mixed_scripts",
	} {
		got, flawed := text.Flaw(s)
		if got.Code != want || flawed != (want != "") {
			t.Errorf("Flaw(%q) = %q, want %q", s, got.Code, want)
		}
	}
	if got := text.Visible("\ufeff \u200bKFC\u200b\u3000"); got != "KFC" {
		t.Errorf("Visible = %q, want KFC", got)
	}
}
