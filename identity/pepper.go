package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// pepper hides, behind an HMAC, what the cache must not know.
type pepper []byte

// blind is a phone number or a device as a key that says nothing to who reads the
// cache.
func (p pepper) blind(kind, what string) string { return p.mac(kind, what) }

// code is what is kept of a one-time code.
func (p pepper) code(phone, salt, code string) string { return p.mac("code", phone, salt, code) }

func (p pepper) mac(parts ...string) string {
	h := hmac.New(sha256.New, p)
	for _, s := range parts {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:20])
}
