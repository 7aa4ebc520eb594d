package discovery

import (
	"encoding/base64"
)

// Seal makes of bytes a cursor of a request that passes for one of ours, for tests of what
// lies behind the digest.
func Seal(body []byte, r Request) string {
	return base64.RawURLEncoding.EncodeToString(r.digest(body[:len(body):len(body)]))
}

// Unseal is the bytes behind Seal.
func Unseal(s string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < sealSize {
		panic("not a cursor: " + s)
	}
	return b[:len(b)-sealSize]
}
