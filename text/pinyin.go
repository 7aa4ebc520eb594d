package text

import (
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// Readings is how a folded Han character is read, without tones, the commonest first. 绿 is
// lv and lu, as keyboards and people write it; 干, which stands for 乾 too, is gan and qian.
// The result must not be changed.
func Readings(r rune) []string {
	switch {
	case isHan(r):
		known := &readings[r-firstHan]
		if all := known.Load(); all != nil {
			return *all
		}
		all := readingsOf(r)
		known.Store(&all)
		return all
	case r > lastHan, r == '〇':
		return readingsOf(r)
	}
	return nil
}

// readings are those that were asked for.
var readings [lastHan - firstHan + 1]atomic.Pointer[[]string]

// readingsOf is every reading of r, and the first of each character that it stands for.
func readingsOf(r rune) []string {
	all := appendReadings(nil, pinyin.PinyinDict[int(r)])
	for _, v := range hanVariants[r] {
		first, _, _ := strings.Cut(pinyin.PinyinDict[int(v)], ",")
		all = appendReadings(all, first)
	}
	return slices.Clip(all)
}

// appendReadings appends what of a list of readings with tones is new.
func appendReadings(all []string, list string) []string {
	for toned := range strings.SplitSeq(list, ",") {
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
			if strings.ContainsAny(f, "aeiouv") && !slices.Contains(all, f) { // 嗯 is no help
				all = append(all, f)
			}
		}
	}
	return all
}
