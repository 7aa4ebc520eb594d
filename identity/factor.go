package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Factor is somebody's second factor: an app that makes time-based codes (RFC 6238), and recovery codes for the day when it is lost.
type Factor struct {
	User        UserID
	Sealed      string   // the seed, under a key of the server's secrets
	SealedBy    string   // which key
	Step        int64    // of the last time-based code that was taken: neither it nor an older one is taken again
	Recovery    []string // MACs of the recovery codes that are left
	ConfirmedAt time.Time
	CreatedAt   time.Time
	Gone        bool // it is to be removed
}

// On reports whether the factor is asked for: it is once its first code was shown.
func (f *Factor) On() bool { return !f.ConfirmedAt.IsZero() }

const (
	recoveryCodes = 10
	recoveryChars = 10 // of base32, 50 bits: guessed within the budget of wrong codes, never
)

// StepUpFor is how long a session that showed a second factor is not asked again.
const StepUpFor = 10 * time.Minute

// take uses up a code: a time-based one, or a recovery code.
func (f *Factor) take(seed []byte, code string, now time.Time) error {
	code = plainCode(code)
	if f.takeTimed(seed, code, now) {
		return nil
	}
	if i := slices.Index(f.Recovery, recoveryMAC(seed, code)); len(code) == recoveryChars && i >= 0 {
		f.Recovery = slices.Delete(slices.Clone(f.Recovery), i, i+1)
		return nil
	}
	return ErrFactorInvalid
}

func (f *Factor) takeTimed(seed []byte, code string, now time.Time) bool {
	at := totpStepAt(now)
	for step := max(at-totpDrift, f.Step+1); step <= at+totpDrift; step++ {
		if hmac.Equal([]byte(code), []byte(totpCode(seed, step))) {
			f.Step = step
			return true
		}
	}
	return false
}

// plainCode is a code without what people put between its characters.
func plainCode(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))
}

// renewRecovery makes new recovery codes, of which f keeps the MACs; older ones are good no more.
func (f *Factor) renewRecovery(seed []byte) []string {
	codes := make([]string, recoveryCodes)
	f.Recovery = make([]string, recoveryCodes)
	for i := range codes {
		plain := strings.ToLower(rand.Text()[:recoveryChars])
		codes[i], f.Recovery[i] = plain[:recoveryChars/2]+"-"+plain[recoveryChars/2:], recoveryMAC(seed, plain)
	}
	return codes
}

// recoveryMAC is what is kept of a recovery code. Its key is the seed, not a secret of the server, so that it
// outlives a change of that.
func recoveryMAC(seed []byte, code string) string {
	h := hmac.New(sha256.New, seed)
	h.Write([]byte("recovery " + code))
	return hex.EncodeToString(h.Sum(nil)[:20])
}

// Enrolment is what an authenticator app is given: by hand, or as a picture of the URI.
type Enrolment struct {
	Secret string // base32
	URI    string // otpauth://
}

func enrolment(seed []byte, phone string) Enrolment {
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(seed)
	u := url.URL{
		Scheme:   "otpauth",
		Host:     "totp",
		Path:     "/Corner:" + phone,
		RawQuery: "secret=" + secret + "&issuer=Corner&algorithm=SHA1&digits=6&period=30",
	}
	return Enrolment{secret, u.String()}
}
