package intake

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"corner/catalog"
	"corner/catalog/openinghours"
	"corner/catalog/osm"
	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/text"
	"corner/walltime"
)

// namesOf takes the name in the local language for the main one, and the two others
// where they say something else.
func namesOf(main, zh, en string) catalog.Names {
	n := catalog.Names{
		Main: printable(main, catalog.MaxName),
		Zh:   printable(zh, catalog.MaxName),
		En:   printable(en, catalog.MaxName),
	}
	for _, other := range []string{n.En, n.Zh} {
		if n.Main == "" {
			n.Main = other
		}
	}
	if n.Zh == n.Main {
		n.Zh = ""
	}
	if n.En == n.Main {
		n.En = ""
	}
	return n
}

// sourceOf is the name under which a row is known again. An id with a colon names its
// directory itself; others are told apart by the directory, in which a row without an
// id goes by its name and position.
func sourceOf(directory, id string, names catalog.Names, at geo.Point) (string, bool) {
	switch {
	case id == "":
		id = directory + ":" + fingerprint(names.Main, strconv.FormatFloat(at.Lat, 'f', 6, 64), strconv.FormatFloat(at.Lng, 'f', 6, 64))
	case !strings.Contains(id, ":"):
		id = directory + ":" + id
	}
	return id, len(id) <= catalog.MaxName && utf8.ValidString(id) && !strings.ContainsFunc(id, unprintable)
}

func pointOf(lat, lng string) (p geo.Point, reason string) {
	var err error
	if p.Lat, err = strconv.ParseFloat(strings.TrimSpace(lat), 64); err != nil {
		return p, "lat: is not a number"
	}
	if p.Lng, err = strconv.ParseFloat(strings.TrimSpace(lng), 64); err != nil {
		return p, "lng: is not a number"
	}
	return p, whyNot(p)
}

// whyNot is why a point cannot be one; "" if it can.
func whyNot(p geo.Point) string {
	var bad *geo.PointError
	if errors.As(p.Check(), &bad) {
		return map[string]string{geo.FieldLat: "lat", geo.FieldLng: "lng", geo.FieldBoth: "lat and lng"}[bad.Field] + ": " + pointReasons[bad.Code]
	}
	return ""
}

var pointReasons = map[string]string{
	geo.NotANumber: "is not a number",
	geo.Infinite:   "is not a finite number",
	geo.OutOfRange: "is out of range",
	geo.Swapped:    "are swapped",
	geo.NullIsland: "are 0,0, which is no place",
}

// phoneOf is the first number of several that can be dialled from abroad. One that does
// not say its country is read as of the given one; without it, it is left out: guessed
// wrong, it would ring at a stranger's.
func phoneOf(s, country string) string {
	for one := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(";,/、，；", r) }) {
		one = strings.TrimSpace(one)
		if phone, ok := identity.ParsePhone(one); ok {
			return phone
		}
		if phone, ok := identity.ParseLocalPhone(one, country); ok {
			return phone
		}
	}
	return ""
}

// zoneOf is the zone, or "" if there is no such one: then the catalogue finds out.
func zoneOf(name string) string {
	if _, err := walltime.Zone(name); err != nil {
		return ""
	}
	return name
}

// hoursOf is hours, or unknown ones and the reason.
func hoursOf(s string) (catalog.Hours, fault.Reason) {
	if strings.TrimSpace(s) == "" {
		return catalog.Hours{}, fault.Reason{}
	}
	h, err := openinghours.Parse(s)
	if refusal, ok := errors.AsType[*openinghours.RefusedError](err); ok {
		return catalog.Hours{}, refusal.Reason
	}
	return h, fault.Reason{}
}

// categoryOf is the branch for a key of the tree, a label in either language, or tags of
// OpenStreetMap; "other" for what is none of them.
func categoryOf(tree *catalog.Tree, s, cuisine string) string {
	s = strings.TrimSpace(s)
	if _, ok := tree.Category(strings.ToLower(s)); ok {
		return strings.ToLower(s)
	}
	for _, c := range tree.All() {
		if s == c.Zh || strings.EqualFold(s, c.En) {
			return c.Key
		}
	}
	return osm.Category(s, cuisine)
}

// printable is s on one line, without what cannot be shown, cut to most characters.
func printable(s string, most int) string {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unprintable) {
		s = strings.Join(strings.FieldsFunc(s, unprintable), " ")
	}
	if len(s) <= most { // there are never more characters than bytes
		return s
	}
	n := 0
	for at := range s {
		if n == most {
			return strings.TrimSpace(s[:at])
		}
		n++
	}
	return s
}

func unprintable(r rune) bool { return !text.Shows(r) }
