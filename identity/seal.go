package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// sealing encrypts the seeds of second factors: whoever reads the database alone can make no codes.
type sealing struct {
	id   string // names the key and tells nothing of it
	aead cipher.AEAD
}

func newSealing(secret []byte) (sealing, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "corner identity factor", 32)
	if err != nil {
		return sealing{}, err
	}
	id, err := hkdf.Key(sha256.New, secret, nil, "corner identity factor id", 9)
	if err != nil {
		return sealing{}, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealing{}, err
	}
	aead, err := cipher.NewGCM(block)
	return sealing{base64.RawURLEncoding.EncodeToString(id), aead}, err
}

// seal puts a seed into f under the first key. It is bound to the user: in another's row it does not open.
func (k *Keys) seal(f *Factor, seed []byte) {
	s := k.sealing[0]
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	f.Sealed = base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, seed, []byte(f.User)))
	f.SealedBy = s.id
}

// open is the seed of f, under whichever of the keys.
func (k *Keys) open(f *Factor) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(f.Sealed)
	for _, s := range k.sealing {
		n := s.aead.NonceSize()
		if err != nil || s.id != f.SealedBy || len(raw) < n {
			continue
		}
		if seed, err := s.aead.Open(nil, raw[:n], raw[n:], []byte(f.User)); err == nil {
			return seed, nil
		}
	}
	return nil, fmt.Errorf("the second factor of %s: %w", f.User, errSealedElsewhere)
}

// errSealedElsewhere says that the secret was dropped before everything was sealed anew, or that the row was tampered with.
var errSealedElsewhere = errors.New("it does not open under the secrets that there are")
