package idempotency

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"corner/fault"
)

// Kept is how long a key is remembered after the call that brought it.
const Kept = 24 * time.Hour

// MaxToken bounds the header, in bytes.
const MaxToken = 255

// ErrReused is returned when a key comes again with other input.
var ErrReused = fault.New(fault.Conflict, "request.idempotency_key_reused",
	"that Idempotency-Key was used for another request", "该 Idempotency-Key 已用于另一请求")

// Key is one call that may come again. The zero Key means the caller sent none.
type Key struct {
	Owner string // who: a user id; keys of two users never meet
	Token string // what the phone sent
	Op    string // which operation: "holds.create"
	Input [sha256.Size]byte
	Made  time.Time // when the call came, where what it changes does not tell: see At
}

// New binds token to its owner, operation and input (anything that encodes to
// JSON). An empty token gives the zero Key.
func New(owner, token, op string, input any) (Key, error) {
	if token == "" {
		return Key{}, nil
	}
	b, err := json.Marshal(input)
	if err != nil {
		return Key{}, fmt.Errorf("hash the input of %s: %w", op, err)
	}
	return Key{Owner: owner, Token: token, Op: op, Input: sha256.Sum256(b)}, nil
}

// At is the key as of a call at now. It is for calls that make nothing that has an
// instant of its own; now is the clock of the room, from which Kept counts.
func (k Key) At(now time.Time) Key {
	k.Made = now
	return k
}

// Given reports whether the caller sent a key.
func (k Key) Given() bool { return k.Token != "" }
