package catalog

import (
	"errors"
	"strings"
	"unicode/utf8"

	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/walltime"
)

// Draft is what a merchant sends to make or change a place.
type Draft struct {
	Names    Names
	Category string
	Location *Spot // nil: leave it where it is
	Address  string
	Phone    string // any international form; "" for none
	Hours    Hours
	Zone     string // IANA; "": follows from the spot
}

// Spot is a position as a phone hands it over.
type Spot struct {
	Point    geo.Point
	System   geo.System // "": WGS-84
	Accuracy geo.Metres // 0: not told
}

// Bounds of texts, in characters.
const (
	MaxName    = 120
	MaxAddress = 300
)

const maxAccuracy geo.Metres = 100_000

// apply checks the draft and writes it into p; it names every fault by its JSON
// pointer in the body of a place.
func (d Draft) apply(p *Place) error {
	var in fault.Input
	p.Names = Names{
		Main: text(&in, "/name", d.Names.Main, MaxName, true),
		Zh:   text(&in, "/names/zh", d.Names.Zh, MaxName, false),
		En:   text(&in, "/names/en", d.Names.En, MaxName, false),
	}
	_, known := CategoryOf(d.Category)
	in.Check(known, "/category", fault.Unknown)
	p.Category = d.Category
	p.Address = text(&in, "/address", d.Address, MaxAddress, false)
	p.Phone = ""
	if d.Phone != "" {
		phone, ok := identity.ParsePhone(d.Phone)
		in.Check(ok, "/phone", fault.BadFormat)
		p.Phone = phone
	}
	located := d.Location == nil
	if d.Location != nil {
		p.Location, located = d.Location.locate(&in)
	}
	p.Hours = d.Hours
	if err := p.Hours.Normalize(); err != nil && !in.Include("/hours", err) {
		return err
	}
	switch {
	case d.Zone != "":
		_, err := walltime.Zone(d.Zone)
		in.Check(err == nil, "/time_zone", fault.Unknown)
		p.Zone = d.Zone
	case located && p.Location.System != "":
		zone, err := geo.Zone(p.Location.Point)
		switch {
		case errors.Is(err, geo.ErrNoZone):
			in.Add("/time_zone", fault.Required)
		case err != nil:
			return err
		}
		p.Zone = zone
	}
	return in.Err()
}

func (s Spot) locate(in *fault.Input) (Location, bool) {
	l := Location{Sent: s.Point, System: s.System, Accuracy: s.Accuracy}
	if l.System == "" {
		l.System = geo.WGS84
	}
	ok := in.Check(s.Accuracy >= 0 && s.Accuracy <= maxAccuracy, "/location/accuracy_m", fault.OutOfRange)
	point, err := geo.ToWGS84(s.Point, l.System)
	var bad *geo.PointError
	switch {
	case errors.As(err, &bad):
		for _, axis := range []string{geo.FieldLat, geo.FieldLng} {
			if bad.Field == axis || bad.Field == geo.FieldBoth {
				in.Add("/location/"+axis, spotReasons[bad.Code])
			}
		}
		return l, false
	case err != nil:
		in.Add("/location/coord_system", fault.Unknown)
		return l, false
	}
	l.Point = point
	return l, ok
}

// spotReasons says why a position cannot be one, for each code of geo.PointError.
var spotReasons = map[string]fault.Reason{
	geo.NotANumber: {Code: geo.NotANumber, En: "is not a number", Zh: "不是有效数字"},
	geo.Infinite:   {Code: geo.Infinite, En: "is not a finite number", Zh: "不是有限的数字"},
	geo.OutOfRange: fault.OutOfRange,
	geo.Swapped:    {Code: geo.Swapped, En: "looks like the longitude: latitude and longitude are swapped", Zh: "疑似经纬度颠倒"},
	geo.NullIsland: {Code: geo.NullIsland, En: "is 0,0: the phone had no position yet", Zh: "坐标为 (0,0)，手机尚未定位"},
}

// text trims s and checks its length.
func text(in *fault.Input, pointer, s string, most int, required bool) string {
	s = strings.TrimSpace(s)
	in.Check(s != "" || !required, pointer, fault.Required)
	in.Check(utf8.RuneCountInString(s) <= most, pointer, fault.TooLong)
	in.Check(utf8.ValidString(s) && !strings.ContainsFunc(s, unprintable), pointer, fault.BadFormat)
	return s
}

func unprintable(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == utf8.RuneError }
