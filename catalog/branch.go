package catalog

import (
	"strings"

	"corner/text"
)

// cutBranch splits a folded name from the branch that stands behind it in brackets,
// "老王面馆(朝阳店)", or after a dash, "Starbucks - Admiralty".
func cutBranch(folded string) (rest, branch string) {
	folded = strings.TrimSpace(folded)
	for _, brackets := range [][2]string{{"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}} {
		if open := strings.LastIndex(folded, brackets[0]); open > 0 && strings.HasSuffix(folded, brackets[1]) {
			return folded[:open], plainBranch(folded[open+len(brackets[0]) : len(folded)-len(brackets[1])])
		}
	}
	for _, dash := range []string{" - ", " – ", " — ", "·", "・", " @ "} {
		if at := strings.LastIndex(folded, dash); at > 0 {
			if b := plainBranch(folded[at+len(dash):]); b != "" {
				return folded[:at], b
			}
		}
	}
	return folded, ""
}

// plainBranch is a folded branch without what every branch is called: 朝阳分店, 朝阳店
// and 朝阳 are one. In brackets may also stand a form of company, which is no branch.
func plainBranch(folded string) string {
	folded = joined(strings.TrimSpace(folded))
	for _, ending := range []string{"branch", "store", "shop", "分店", "分行", "支行", "门店", "总店", "店"} {
		folded = strings.TrimSuffix(folded, text.Fold(ending))
	}
	if genericWords[folded] {
		return ""
	}
	return folded
}

// otherBranch reports whether two places name branches in one script, and no two of
// them alike.
func otherBranch(a, b []string) bool {
	compared := false
	for _, x := range a {
		for _, y := range b {
			if isLatin(x) != isLatin(y) {
				continue
			}
			if compared = true; alike(x, y) >= 0.6 {
				return false
			}
		}
	}
	return compared
}

func isLatin(s string) bool {
	for r := range text.Runs(s) {
		return r.Kind == text.Word
	}
	return true
}
