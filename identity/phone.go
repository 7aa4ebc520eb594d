package identity

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// ParsePhone reads an international number into E.164.
func ParsePhone(s string) (string, bool) {
	// The library reads letters as the digits of a keypad, and drops extensions; here
	// either is a slip, and the code would go to a stranger.
	if !strings.HasPrefix(s, "+") || len(s) > 32 || strings.Trim(s, "+0123456789 -.()") != "" {
		return "", false
	}
	phone, ok := formatPhone(s)
	if !ok {
		return "", false
	}
	// The library drops a 0 before some numbers, and from "+86000000000" one at each
	// reading: one person must not have two numbers.
	again, ok := formatPhone(phone)
	return phone, ok && again == phone && len(phone) <= maxPhone
}

const maxPhone = 1 + 15 // +, and as many digits as E.164 has

func formatPhone(s string) (string, bool) {
	n, err := phonenumbers.Parse(s, "")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// callingCode is the country's part of an E.164 number, "86"; "" if no country has it.
func callingCode(phone string) string {
	n, err := phonenumbers.Parse(phone, "")
	if err != nil || n.CountryCode == nil {
		return ""
	}
	return strconv.Itoa(int(n.GetCountryCode()))
}
