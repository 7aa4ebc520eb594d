package notify

import (
	"strings"
	"testing"

	"corner/identity"
)

// TestTexts: each kind has a line in both languages, whatever it lacks, and nothing of one language in the other.
func TestTexts(t *testing.T) {
	t.Parallel()
	for _, k := range []Kind{SignedIn, BookingCancelled, ClaimVerified, ClaimRefused, ClaimLapsed, ReportDecided, Decided} {
		for _, n := range []Notice{{Kind: k}, {Kind: k, PlaceName: "%d 馆", Detail: "hide\n%p"}} {
			for _, l := range []identity.Language{identity.English, identity.Chinese} {
				got := n.Text(l)
				if got == "" || strings.Contains(got, "()") || strings.Contains(got, apart) && k == Decided {
					t.Errorf("%s in %s: %q", k, l, got)
				}
			}
		}
	}
	n := Notice{Kind: Decided, PlaceName: "%d 馆", Detail: "hide\n不存在"}
	if got, want := n.Text(identity.Chinese), "平台对 %d 馆 作出处理：下线。不存在"; got != want {
		t.Errorf("got %q, want %q: a name is no form", got, want)
	}
	if got, want := n.Text("fr"), "The operators of this server have decided about %d 馆: hidden. 不存在"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(texts) != 7 {
		t.Errorf("there are texts of %d kinds, and the test knows 7", len(texts))
	}
}
