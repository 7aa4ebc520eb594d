package discovery

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"math"
	"time"
	"unicode/utf8"

	"corner/catalog"
	"corner/geo"
)

// cursor is where the next page goes on.
type cursor struct {
	Mark    Mark
	Radius  geo.Metres // 0: in a box
	At      time.Time  // the moment of the first page
	Lenient bool       // slips were allowed
	Pin     string     // of the index
}

// MaxCursor bounds what comes back as a cursor, in characters.
const MaxCursor = 4096

// The first byte of a cursor names its form, so that another version of the program can
// refuse it instead of reading nonsense.
const (
	cursorForm = 1
	sealSize   = 8
)

// seal writes the cursor as apps carry it, not to be looked into, for a request alone: its
// last bytes are a digest of both. Nothing in it is secret and nothing is a right, so a
// digest without a key is enough: it stands against accidents, and whoever forges one
// gets a page that any other search would have shown.
func (c *cursor) seal(r *Request) string {
	var lenient byte
	if c.Lenient {
		lenient = 1
	}
	b := make([]byte, 0, 96+len(c.Pin))
	b = append(b, cursorForm, lenient)
	b = binary.AppendVarint(b, c.Mark.First)
	b = binary.AppendVarint(b, c.Mark.Second)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(float64(c.Mark.Distance)))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(float64(c.Radius)))
	b = binary.AppendVarint(b, c.At.UnixMicro())
	b = appendText(b, string(c.Mark.Place))
	b = appendText(b, c.Pin)
	return base64.RawURLEncoding.EncodeToString(r.digest(b))
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// openCursor reads what seal wrote for a request.
func openCursor(s string, r *Request) (c cursor, ok bool) {
	if len(s) > MaxCursor {
		return c, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < 2+sealSize || b[0] != cursorForm {
		return c, false
	}
	body := b[:len(b)-sealSize]
	if string(r.digest(body[:len(body):len(body)])) != string(b) {
		return c, false
	}
	return readCursor(body)
}

func readCursor(body []byte) (c cursor, ok bool) {
	in := reading{rest: body[2:]}
	c.Lenient = body[1] == 1
	c.Mark.First, c.Mark.Second = in.varint(), in.varint()
	c.Mark.Distance, c.Radius = geo.Metres(in.float()), geo.Metres(in.float())
	c.At = time.UnixMicro(in.varint()).UTC()
	c.Mark.Place, c.Pin = catalog.PlaceID(in.text()), in.text()
	sane := c.Mark.Distance >= 0 && !math.IsInf(float64(c.Mark.Distance), 0) && c.Radius >= 0 && c.Radius <= MaxRadius &&
		len(c.Mark.Place) <= maxKey && utf8.ValidString(string(c.Mark.Place)) && utf8.ValidString(c.Pin)
	return c, !in.short && len(in.rest) == 0 && sane
}

// reading takes values off the front of bytes; short says that there was too little.
type reading struct {
	rest  []byte
	short bool
}

func (in *reading) take(n int) []byte {
	if n < 0 || n > len(in.rest) {
		in.short = true
		return make([]byte, 8)
	}
	taken := in.rest[:n]
	in.rest = in.rest[n:]
	return taken
}

func (in *reading) varint() int64 {
	v, n := binary.Varint(in.rest)
	if n <= 0 {
		n = -1
	}
	in.take(n)
	return v
}

func (in *reading) float() float64 { return math.Float64frombits(binary.BigEndian.Uint64(in.take(8))) }

func (in *reading) text() string {
	length, n := binary.Uvarint(in.rest)
	if n <= 0 || length > MaxCursor {
		in.short = true
		return ""
	}
	in.take(n)
	return string(in.take(int(length)))
}

// digest appends to b a digest of it and of what tells requests apart whose pages do not
// belong together.
func (r *Request) digest(b []byte) []byte {
	h := fnv.New64a()
	_, _ = h.Write(b)
	own := make([]byte, 0, 256)
	number := func(v float64) { own = binary.BigEndian.AppendUint64(own, math.Float64bits(v)) }
	moment := func(t time.Time) {
		if t.IsZero() {
			own = append(own, 0)
			return
		}
		own = binary.AppendVarint(append(own, 1), t.UnixMicro())
	}
	flag := func(v bool) {
		if v {
			own = append(own, 1)
			return
		}
		own = append(own, 0)
	}
	for _, v := range [...]float64{r.Center.Lat, r.Center.Lng, float64(r.Radius), float64(r.Band)} {
		number(v)
	}
	flag(r.Box != nil)
	if r.Box != nil {
		for _, v := range [...]float64{r.Box.South, r.Box.West, r.Box.North, r.Box.East} {
			number(v)
		}
	}
	flag(r.OpenNow)
	flag(r.AtHome)
	for _, t := range [...]time.Time{r.OpenAt, r.OpenFrom, r.OpenTill} {
		moment(t)
	}
	for _, v := range [...]int64{r.Price.Min, r.Price.Max, int64(r.Tenths), int64(len(r.Attributes)), int64(len(r.Traits))} {
		own = binary.AppendVarint(own, v)
	}
	for _, s := range r.Attributes {
		own = appendText(own, s)
	}
	for _, s := range r.Traits {
		own = appendText(own, s)
	}
	for _, s := range [...]string{r.Text, r.Category, string(r.Price.Currency), r.Brand, string(r.Merchant), string(r.Sort)} {
		own = appendText(own, s)
	}
	_, _ = h.Write(own)
	return h.Sum(b)
}
