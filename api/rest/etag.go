package rest

import (
	"strconv"
	"strings"
)

// FormatETag is a version as the strong validator that clients send back.
func FormatETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// MatchesVersion reports whether an If-Match header names the version. "*" names
// none: it would let a phone overwrite what it has not read, which is what If-Match
// is here to stop. A weak validator never matches (RFC 9110 §13.1.1).
func MatchesVersion(header string, version int64) bool {
	want := FormatETag(version)
	for tag := range strings.SplitSeq(header, ",") {
		if strings.TrimSpace(tag) == want {
			return true
		}
	}
	return false
}
