package text

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// Readings is how a Han character is read, without tones, the commonest first.
// 绿 is lv and lu, as keyboards and people write it.
func Readings(r rune) []string {
	if r < '〇' {
		return nil
	}
	if known, ok := readingsOf.Load(r); ok {
		all, _ := known.([]string)
		return all
	}
	var all []string
	for toned := range strings.SplitSeq(pinyin.PinyinDict[int(r)], ",") {
		base := norm.NFD.String(toned)
		plain := strings.Map(func(r rune) rune {
			if r < utf8.RuneSelf {
				return r
			}
			return -1
		}, base)
		forms := []string{plain}
		if strings.ContainsRune(base, '\u0308') {
			forms = []string{strings.ReplaceAll(plain, "u", "v"), plain}
		}
		for _, f := range forms {
			if f != "" && !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	readingsOf.Store(r, all)
	return all
}

var readingsOf sync.Map // rune → []string
