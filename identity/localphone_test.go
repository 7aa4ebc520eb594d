package identity_test

import (
	"testing"

	"corner/identity"
)

func TestParseLocalPhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ number, country, want string }{
		{"23240112", "HK", "+85223240112"},
		{"2921 2222", "hk", "+85229212222"},
		{"02 454 2058", "TH", "+6624542058"},
		{"886-3-3322101", "TW", "+88633322101"},
		{"(02) 2345-6789", "TW", "+886223456789"},
		{"010-6552 9988", "CN", "+861065529988"},
		{"1823", "HK", ""},              // only within Hong Kong
		{"23240112", "", ""},            // whose?
		{"23240112", "Mars", ""},        //
		{"2324-CAKE", "HK", ""},         // letters are slips
		{"+852 2324 0112", "TH", ""},    // another country's
		{"23240112/23240113", "HK", ""}, // two
	} {
		got, ok := identity.ParseLocalPhone(c.number, c.country)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("ParseLocalPhone(%q, %q) = %q, %v; want %q", c.number, c.country, got, ok, c.want)
		}
	}
}
