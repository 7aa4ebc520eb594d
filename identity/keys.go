package identity

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// MinSecret is the least length of a secret, in bytes.
const MinSecret = 32

// Keys are everything that identity signs and hides with, drawn from secrets, so
// that any number of instances share them by sharing one setting.
type Keys struct {
	peppers []pepper // hide codes and phone numbers in the cache; the first for new ones
	refresh [][]byte // sign refresh tokens; the first for new ones
	signing []signingKey
	sealing []sealing // encrypt the seeds of second factors; the first for new ones
}

type signingKey struct {
	id   string // RFC 7638 thumbprint
	key  *ecdsa.PrivateKey
	x, y string // base64url, for the JWK
}

// NewKeys draws the keys from secrets of at least MinSecret bytes. The first one
// signs; what was made under the others is still taken, codes on their way included. So
// a secret is changed by adding the new one, putting it first once every instance knows
// it, and dropping the old one when the sessions that it opened have been refreshed.
func NewKeys(secrets ...[]byte) (*Keys, error) {
	if len(secrets) == 0 {
		return nil, errors.New("no secret")
	}
	k := &Keys{}
	for i, s := range secrets {
		if len(s) < MinSecret {
			return nil, fmt.Errorf("secret %d has %d bytes, less than %d", i+1, len(s), MinSecret)
		}
		sk, err := deriveSigningKey(s)
		if err != nil {
			return nil, err
		}
		refresh, err := hkdf.Key(sha256.New, s, nil, "corner identity refresh", 32)
		if err != nil {
			return nil, err
		}
		hiding, err := hkdf.Key(sha256.New, s, nil, "corner identity pepper", 32)
		if err != nil {
			return nil, err
		}
		seals, err := newSealing(s)
		if err != nil {
			return nil, err
		}
		k.sealing = append(k.sealing, seals)
		k.signing, k.refresh, k.peppers = append(k.signing, sk), append(k.refresh, refresh), append(k.peppers, hiding)
	}
	return k, nil
}

// deriveSigningKey draws a P-256 key: 32 bytes from HKDF are a valid scalar but
// for one time in 2^32, when the next number is tried.
func deriveSigningKey(secret []byte) (signingKey, error) {
	var last error
	for n := range 8 {
		raw, err := hkdf.Key(sha256.New, secret, nil, fmt.Sprintf("corner identity es256 %d", n), 32)
		if err != nil {
			return signingKey{}, err
		}
		key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
		if err != nil {
			last = err
			continue
		}
		point, err := key.PublicKey.Bytes() // 4 ‖ X ‖ Y, SEC 1
		if err != nil {
			return signingKey{}, err
		}
		b64 := base64.RawURLEncoding
		sk := signingKey{key: key, x: b64.EncodeToString(point[1:33]), y: b64.EncodeToString(point[33:])}
		sum := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC","x":"` + sk.x + `","y":"` + sk.y + `"}`))
		sk.id = b64.EncodeToString(sum[:])
		return sk, nil
	}
	return signingKey{}, fmt.Errorf("draw a signing key: %w", last)
}

// PublicKey is one key of the set that anybody may check access tokens with
// (RFC 7517, RFC 7518 §6.2).
type PublicKey struct{ ID, X, Y string }

// Public is the published key set, the signing key first.
func (k *Keys) Public() []PublicKey {
	keys := make([]PublicKey, len(k.signing))
	for i, s := range k.signing {
		keys[i] = PublicKey{s.id, s.x, s.y}
	}
	return keys
}
