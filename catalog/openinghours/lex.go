package openinghours

import (
	"strings"
	"unicode"
)

// token is a number, a word in small letters, a remark (with its first mark), or a
// single sign; "" is the end.
type token string

func (t token) number() bool { return t != "" && t[0] >= '0' && t[0] <= '9' }
func (t token) remark() bool { return strings.HasPrefix(string(t), `"`) }

// signs are the many ways to write a sign. What stands for "to" between times is a dash.
var signs = strings.NewReplacer(
	"–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-", "－", "-", "~", "-", "～", "-", "〜", "-",
	"：", ":", "；", ";", "，", ",", "、", ",", "＋", "+", "&", ",", "“", `"`, "”", `"`, "\u00a0", " ", "\u3000", " ",
	"public holidays", "ph", "public holiday", "ph", " and ", ",",
	"a.m.", "am", "p.m.", "pm", "a.m", "am", "p.m", "pm",
)

// chinese are the words of opening hours in Chinese, in both scripts.
var chinese = strings.NewReplacer(chineseWords()...)

func chineseWords() []string {
	words := []string{
		"每日", " daily ", "每天", " daily ", "公休", " off ", "休息", " off ", "至", "-", "到", "-",
		"小時營業", " hours ", "小时营业", " hours ", "小時", " hours ", "小时", " hours ",
	}
	for i, day := range []string{" mo ", " tu ", " we ", " th ", " fr ", " sa ", " su "} {
		for _, week := range []string{"星期", "週", "周", "礼拜", "禮拜"} {
			words = append(words, week+[]string{"一", "二", "三", "四", "五", "六", "日"}[i], day)
			if i == 6 {
				words = append(words, week+"天", day)
			}
		}
	}
	return words
}

// lex takes a text apart. Spaces mean nothing but to part words.
func lex(s string) []token {
	s = chinese.Replace(signs.Replace(strings.ToLower(s)))
	var all []token
	for s != "" {
		var n int
		switch r := []rune(s[:min(len(s), 4)])[0]; {
		case r == '"':
			if end := strings.IndexByte(s[1:], '"'); end >= 0 {
				n = end + 2
			} else {
				n = len(s)
			}
		case r >= '0' && r <= '9':
			n = run(s, func(r rune) bool { return r >= '0' && r <= '9' })
		case unicode.IsLetter(r):
			n = run(s, unicode.IsLetter)
		case unicode.IsSpace(r):
			s = s[run(s, unicode.IsSpace):]
			continue
		default:
			n = run(s, func(q rune) bool { return q == r })
			if r < unicode.MaxASCII && r != '|' {
				n = 1
			}
		}
		all = append(all, token(s[:n]))
		s = s[n:]
	}
	return all
}

// run is how many bytes of s are what is asked for, at least the first character.
func run(s string, is func(rune) bool) int {
	for at, r := range s {
		if at > 0 && !is(r) {
			return at
		}
	}
	return len(s)
}
