package uid

import (
	"crypto/rand"
	"encoding/binary"
	"strings"
	"time"
)

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// New is a fresh id, prefix + "_" + 26 characters.
func New(prefix string, now time.Time) string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], uint64(now.UnixMilli())<<16)
	_, _ = rand.Read(raw[6:]) // crypto/rand.Read never fails (Go 1.24)
	var b strings.Builder
	b.Grow(len(prefix) + 27)
	b.WriteString(prefix)
	b.WriteByte('_')
	hi, lo := binary.BigEndian.Uint64(raw[:8]), binary.BigEndian.Uint64(raw[8:])
	for shift := 125; shift >= 0; shift -= 5 {
		b.WriteByte(alphabet[five(hi, lo, shift)])
	}
	return b.String()
}

// five is the 5 bits of hi:lo from bit shift up.
func five(hi, lo uint64, shift int) byte {
	switch {
	case shift >= 64:
		return byte(hi>>(shift-64)) & 31
	case shift > 59:
		return byte(lo>>shift|hi<<(64-shift)) & 31
	default:
		return byte(lo>>shift) & 31
	}
}

// Valid reports whether s looks like an id with that prefix. Asking the database
// about anything else is a waste, and an unbounded string is a risk.
func Valid(prefix, s string) bool {
	rest, ok := strings.CutPrefix(s, prefix)
	if !ok || len(rest) != 27 || rest[0] != '_' {
		return false
	}
	for i := 1; i < len(rest); i++ {
		if strings.IndexByte(alphabet, rest[i]) < 0 {
			return false
		}
	}
	return true
}
