package rest

import (
	"strconv"
	"strings"
)

// Language is one that answers come in.
type Language string

const (
	english Language = "en"
	chinese Language = "zh"
)

// Pick is the word in the language.
func (l Language) Pick(en, zh string) string {
	if l == chinese {
		return zh
	}
	return en
}

// chooseLanguage reads Accept-Language (RFC 9110 §12.5.4): of English and Chinese
// the one of greater weight, of equal weights the first; English in doubt. Regions
// and scripts do not matter.
func chooseLanguage(header string) Language {
	best, most := english, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, parameters, _ := strings.Cut(part, ";")
		tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		l := Language(tag)
		if tag == "*" {
			l = english
		}
		if w := weight(parameters); (l == english || l == chinese) && w > most {
			best, most = l, w
		}
	}
	return best
}

func weight(parameters string) float64 {
	q, found := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(parameters, " ", "")), "q=")
	if !found {
		return 1
	}
	w, err := strconv.ParseFloat(q, 64)
	if err != nil || !(w >= 0 && w <= 1) { // so that NaN fails too
		return 0
	}
	return w
}
