package rest

import (
	"slices"
	"strconv"
	"strings"
)

// wireNames is how requests spell what rooms call otherwise: by the name of the part, below
// the part before it where that matters. What is not here is spelled as it is called.
var wireNames = map[string]string{
	"duration":          "duration_minutes",
	"step":              "slot_step_minutes",
	"per_person":        "per_person_limit",
	"at_home.radius":    "radius_m",
	"at_home.travel":    "travel_minutes",
	"cancellation.free": "free_hours",
	"cancellation.fee":  "fee_percent",
	"buffer_before":     "buffer_before_minutes",
	"buffer_after":      "buffer_after_minutes",
	"lead":              "lead_minutes",
	"accuracy":          "accuracy_m",
	"system":            "coord_system",
	"zone":              "time_zone",
	"merchant":          "merchant_id",
	"service":           "service_id",
	"place":             "place_id",
	"into_place":        "into_place_id",
	"box":               "bbox",
	"rating":            "min_rating",
}

// PointerTo is the JSON pointer (RFC 6901) of a room's name for a value; one that is a
// pointer already stays as it is.
func PointerTo(name string) string {
	if name == "" || name[0] == '/' {
		return name
	}
	var b strings.Builder
	before := ""
	for part := range strings.SplitSeq(name, ".") {
		written, known := wireNames[before+"."+part]
		if !known {
			written, known = wireNames[part]
		}
		if !known {
			written = part
		}
		b.WriteByte('/')
		b.WriteString(pointerEscape.Replace(written))
		before = part
	}
	return b.String()
}

var pointerEscape = strings.NewReplacer("~", "~0", "/", "~1")

// Below is a pointer to a part of what a pointer leads to; parts are members' names and
// numbers of items.
func Below(pointer string, parts ...any) string {
	var b strings.Builder
	b.WriteString(pointer)
	for _, p := range parts {
		b.WriteByte('/')
		switch v := p.(type) {
		case int:
			b.WriteString(strconv.Itoa(v))
		case string:
			b.WriteString(pointerEscape.Replace(v))
		}
	}
	return b.String()
}

// PointersTo is PointerTo of each.
func PointersTo(names []string) []string {
	pointers := make([]string, len(names))
	for i, name := range names {
		pointers[i] = PointerTo(name)
	}
	return pointers
}

// place is where the request has what a room calls by the name: "?radius" in the query,
// "/price/amount" in the body. The API's own faults come with their places.
func (f *Faults) place(name string) string {
	if name == "" || name[0] == '?' || name[0] == '/' {
		return name
	}
	pointer := PointerTo(name)
	is := func(p parameter) bool { return p.name == pointer[1:] }
	if slices.ContainsFunc(f.inQuery, is) {
		return "?" + pointer[1:]
	}
	return pointer
}
