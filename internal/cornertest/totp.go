package cornertest

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	bits "encoding/binary"
	"fmt"
	"testing"
	"time"
)

// TOTP is what an authenticator app with that secret shows so many half minutes from now (RFC 6238).
func TOTP(t testing.TB, secret string, steps int64) string {
	t.Helper()
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		t.Fatalf("the secret %q: %v", secret, err)
	}
	h := hmac.New(sha1.New, seed)
	h.Write(bits.BigEndian.AppendUint64(nil, uint64(time.Now().Unix()/30+steps)))
	sum := h.Sum(nil)
	at := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", (bits.BigEndian.Uint32(sum[at:])&0x7fffffff)%1_000_000)
}
