package booking

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"corner/identity"
)

// A code is twelve characters, shown in fours: seven that name the booking and
// five that only its holder's phone can know for the moment, 25 bits of an HMAC
// over the booking and the half minute (as RFC 6238 does it). So a screenshot is
// worthless a minute later, nothing has to be kept, and any instance can read it.
const (
	refLen  = 7
	proof   = 5
	turn    = 30 * time.Second
	crock32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // no I, L, O, U: people type these
)

// Code is what a consumer shows at the counter.
type Code struct {
	Text    string    // "7QX2-9FD8-M3A0"
	Expires time.Time // when it is no longer taken; the next one can be had before
}

// Code is the present code of the consumer's own, confirmed booking.
func (d *Desk) Code(ctx context.Context, actor identity.Actor, id ID) (Code, error) {
	if err := d.mayTouch(ctx, actor, id, false); err != nil {
		return Code{}, err
	}
	b, err := d.load(ctx, id)
	if err != nil {
		return Code{}, err
	}
	if b.State != Confirmed {
		return Code{}, ErrNoCode
	}
	w := d.window(d.now())
	text := b.Ref + prove(d.CodeKeys[0], b.ID, w)
	return Code{text[:4] + "-" + text[4:8] + "-" + text[8:], time.Unix(0, 0).UTC().Add(time.Duration(w+2) * turn)}, nil
}

// ReadCode reads a code that was scanned or typed. It returns the booking that the code
// names, whether its proof holds now, and whether it has the form of a code at all.
func (d *Desk) ReadCode(ctx context.Context, typed string) (b Booking, holds, form bool, err error) {
	text, form := PlainCode(typed)
	if !form {
		return Booking{}, false, false, nil
	}
	b, err = d.Store.ByRef(ctx, text[:refLen])
	if err != nil {
		return Booking{}, false, true, err
	}
	w := d.window(d.now())
	given := []byte(text[refLen:])
	// The half minute before counts too: a code takes a moment to be read out.
	holds = slices.ContainsFunc(d.CodeKeys, func(key []byte) bool {
		return hmac.Equal(given, []byte(prove(key, b.ID, w))) || hmac.Equal(given, []byte(prove(key, b.ID, w-1)))
	})
	return b, holds, true, nil
}

// PlainCode is a code without what people put between its characters, and with the
// letters they mistake for digits put right; ok tells whether it can be one.
func PlainCode(typed string) (plain string, ok bool) {
	if len(typed) > 64 {
		return "", false
	}
	plain = strings.Map(func(r rune) rune {
		if '！' <= r && r <= '～' { // full width, as Chinese keyboards type it
			r -= '！' - '!'
		}
		switch r {
		case '-', ' ', '\t', '\n', '\r', '\u3000': // scanners end with a carriage return
			return -1
		case 'O', 'o':
			return '0'
		case 'I', 'i', 'L', 'l':
			return '1'
		}
		return r
	}, typed)
	plain = strings.ToUpper(plain)
	return plain, len(plain) == refLen+proof && strings.Trim(plain, crock32) == ""
}

func (d *Desk) window(now time.Time) int64 { return now.UnixNano() / int64(turn) }

// prove is the part of a code that only who has the key can make.
func prove(key []byte, id ID, window int64) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(window)))
	return spell(binary.BigEndian.Uint64(h.Sum(nil)), proof)
}

// newRef is a random name for a booking in its codes. 35 bits may meet another
// booking's; then the store says so, and Hold draws again.
func newRef() string {
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // never fails
	return spell(binary.BigEndian.Uint64(raw[:]), refLen)
}

func spell(bits uint64, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = crock32[bits&31]
		bits >>= 5
	}
	return string(b)
}
