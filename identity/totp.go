package identity

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 6238 as every authenticator app speaks it; HMAC does not need SHA-1 to resist collisions
	"encoding/binary"
	"fmt"
	"time"
)

// A time-based code (RFC 6238): six digits, a new one each half minute, taken a step early or late.
const (
	totpDigits = 6
	totpStep   = 30 * time.Second
	totpDrift  = 1  // steps
	totpSeed   = 20 // bytes, as RFC 4226 recommends
)

// totpStepAt is the number of the step that an instant is in.
func totpStepAt(t time.Time) int64 { return t.Unix() / int64(totpStep/time.Second) }

// totpCode is the code of a step.
func totpCode(seed []byte, step int64) string {
	h := hmac.New(sha1.New, seed)
	_ = binary.Write(h, binary.BigEndian, step)
	sum := h.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fff_ffff
	return fmt.Sprintf("%0*d", totpDigits, n%1_000_000)
}
