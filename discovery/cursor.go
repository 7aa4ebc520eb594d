package discovery

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"time"

	"corner/geo"
)

// cursor is where the next page goes on, and of which request.
type cursor struct {
	Mark   Mark
	Radius geo.Metres
	At     time.Time
	Of     uint64 // digest of the request: a cursor goes with its own request only
}

// String is the cursor as apps carry it, not to be looked into. Distances survive
// it to the last bit: encoding/json writes the shortest form that reads back equal.
func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		return "" // no field can fail to encode: the distance is finite
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(s string) (c cursor, ok bool) {
	const longest = 512
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(s) > longest || json.Unmarshal(b, &c) != nil {
		return c, false
	}
	return c, c.Radius > 0 && c.Radius <= MaxRadius && c.Mark.Distance >= 0
}

// digest tells requests apart whose pages do not belong together.
func (r Request) digest() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%v|%v|%v|%q|%q|%v|%d|%s", r.Center.Lat, r.Center.Lng, float64(r.Radius), r.Text, r.Category, r.OpenNow, r.OpenAt.UnixMicro(), cmp.Or(r.Sort, ByDistance))
	return h.Sum64()
}
