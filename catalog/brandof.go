package catalog

import (
	"strings"
	"sync"
	"unicode/utf8"

	"corner/text"
)

// brandName is a name by which a brand is recognised.
type brandName struct {
	brand *Brand
	alias bool // not what it calls itself
}

// brandNames is the names of all brands, as compact makes them. A name of two brands
// is neither's, unless it is an alias of one only.
var brandNames = sync.OnceValue(func() map[string]brandName {
	m := make(map[string]brandName, 4*len(Brands))
	for i := range Brands {
		b := &Brands[i]
		for _, n := range b.Names() {
			c := compact(tokensOf(n))
			is := brandName{b, n != b.Name && n != b.Zh && n != b.En}
			was, taken := m[c]
			switch {
			case !taken || was.alias && !is.alias || was.brand == b:
				m[c] = is
			case was.alias == is.alias:
				m[c] = brandName{alias: is.alias}
			}
		}
	}
	return m
})

// BrandOf is the key of the brand that names speak of, "" for none: one of them is a name of
// the brand, or begins with one and goes on with a branch, as 肯德基（人民路店） and Starbucks
// Coffee do. The longest name wins. What is too short or too common to be sure is no brand.
func BrandOf(n Names) string {
	for _, name := range [...]string{n.Main, n.Zh, n.En} {
		if b := brandIn(name); b != nil {
			return b.Key
		}
	}
	return ""
}

// token is a word, or a character of a script without spaces.
type token struct {
	text  string
	apart bool // something stands between it and the one before
}

// tokensOf takes a name apart.
func tokensOf(name string) []token {
	var tokens []token
	folded := text.Fold(name)
	at := 0
	for r := range text.Runs(folded) {
		start := at + strings.Index(folded[at:], r.Text)
		apart := start > at
		at = start + len(r.Text)
		if r.Kind == text.Word {
			tokens = append(tokens, token{r.Text, apart})
			continue
		}
		for i, c := range r.Text {
			tokens = append(tokens, token{r.Text[i : i+utf8.RuneLen(c)], apart && i == 0})
		}
	}
	return tokens
}

// compact is tokens without what is between them.
func compact(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.text)
	}
	return b.String()
}

// longestBrand is how many tokens a brand's name has at most.
const longestBrand = 12

// brandIn is the brand of one name.
func brandIn(name string) *Brand {
	tokens := tokensOf(name)
	known := brandNames()
	for n := min(len(tokens), longestBrand); n > 0; n-- {
		head := compact(tokens[:n])
		if is, ok := known[head]; ok && is.brand != nil && sure(head, is, tokens[n:]) {
			return is.brand
		}
	}
	return nil
}

// sure reports whether a name that is, or begins with, a brand's name speaks of the brand.
func sure(head string, is brandName, rest []token) bool {
	size := utf8.RuneCountInString(head)
	latin := size == len(head)
	tail := compact(rest)
	if again := brandNames()[tail]; again.brand == is.brand {
		return true // 肯德基 KFC
	}
	if commonNames[head] || is.alias && latin && size <= 3 {
		return false
	}
	if len(rest) == 0 {
		return true
	}
	for _, branch := range branches {
		if strings.HasSuffix(tail, branch) {
			return true
		}
	}
	if latin {
		return size >= 7 && !is.alias
	}
	return size >= 3 && rest[0].apart
}

// commonNames are names of brands, folded, that other places bear, too, as are all aliases of up
// to three letters. They are the brand's only together with another name of it.
var commonNames = func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(`
		bigpizza bonjour broadway donutescoffee forever fortress giant hands honor ibis maxim metro monogram okmart pagoda ponderosa popular
		quickly royaltea happymart tonkatsu thaitown vips warrior wilson
		理想 荣耀 领域 邮政 大树 大心 十足 牛角 通利 顶好 回力 尚泰 百盛 美心 光大 东亚 创兴`) {
		m[n] = true
	}
	return m
}()

// branches are the ends of names that say that a place is one of many.
var branches = []string{
	"店", "支行", "分行", "分理处", "营业部", "营业厅", "营业所", "餐厅", "加油站", "门市", "超市", "药房", "酒店",
	"branch", "store",
}
