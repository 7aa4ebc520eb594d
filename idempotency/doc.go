// Package idempotency is how a phone repeats a call it may have lost: the key it sent
// with the call (the Idempotency-Key header), bound to who sent it, what was
// asked, and with which input.
//
// Law: the key is written in the transaction that creates the thing. A repeat
// with the same input finds the thing that the first call made; the same key
// with other input is ErrReused. A call that failed leaves no key behind, so it
// may be tried again.
//
// Keys are kept for Kept, then forgotten.
package idempotency
