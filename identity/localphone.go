package identity

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// ParseLocalPhone reads a number as it is dialled within a country, "02 454 2058" in "TH"
// (ISO 3166), into E.164. Only a number that the country's plan knows is one: a number
// that is guessed wrong rings at a stranger's.
func ParseLocalPhone(s, country string) (string, bool) {
	country = strings.ToUpper(strings.TrimSpace(country))
	code := phonenumbers.GetCountryCodeForRegion(country)
	if code == 0 || len(s) > 32 || strings.Trim(s, "+0123456789 -.()") != "" {
		return "", false
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || !phonenumbers.IsValidNumberForRegion(n, country) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}
