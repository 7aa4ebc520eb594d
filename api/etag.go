package api

import (
	"strconv"
	"strings"
)

// formatETag is a version as the strong validator that clients send back.
func formatETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// matchesVersion reports whether an If-Match header names the version. "*" names
// none: it would let a phone overwrite what it has not read, which is what If-Match
// is here to stop. A weak validator never matches (RFC 9110 §13.1.1).
func matchesVersion(header string, version int64) bool {
	want := formatETag(version)
	for tag := range strings.SplitSeq(header, ",") {
		if strings.TrimSpace(tag) == want {
			return true
		}
	}
	return false
}
