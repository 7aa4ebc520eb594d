package identity

import (
	"slices"
	"strings"

	"corner/fault"
)

// PlaceID names a place of a merchant, which the catalogue keeps: "plc_…".
type PlaceID string

// MaxBranches is how many places one person can be limited to.
const MaxBranches = 200

// Branches is where somebody's role with a merchant holds: the zero Branches is everywhere. Whoever is limited is so
// also when the last of the places has left the merchant.
type Branches struct {
	Limited bool
	Places  []PlaceID // sorted, each once; empty unless Limited
}

// Only limits a role to some places.
func Only(places ...PlaceID) Branches {
	places = slices.Clone(places)
	slices.Sort(places)
	return Branches{Limited: true, Places: slices.Compact(places)}
}

// Has reports whether the role holds at a place.
func (b Branches) Has(place PlaceID) bool {
	return !b.Limited || slices.Contains(b.Places, place)
}

var notForOwners = fault.Reason{Code: "not_for_owners", En: "owners are limited to no place", Zh: "所有者不受门店范围限制"}

// check names what is wrong with limits for a role; theirs is those of the places that are the merchant's.
func (b Branches) check(in *fault.Input, role Role, theirs []PlaceID) {
	switch {
	case !b.Limited:
	case role == Owner:
		in.Add("place_ids", notForOwners)
	case len(b.Places) == 0:
		in.Add("place_ids", fault.Required)
	case len(b.Places) > MaxBranches:
		in.Add("place_ids", fault.Crowded)
	default:
		for i, id := range b.Places {
			in.Check(slices.Contains(theirs, id), fault.Name("place_ids", i), fault.Unknown)
		}
	}
}

// limitedFrom is where the numbers of limited roles begin.
const limitedFrom = 10

// Kept is the number by which a role is kept. The program before this one compares numbers, and knows neither other
// roles nor limits: whatever it would take for more than it is, is below zero, where it sees no right at all.
func (r Role) Kept(limited bool) int {
	switch {
	case limited:
		return -int(r) - limitedFrom
	case r > Owner:
		return -int(r)
	}
	return int(r)
}

// RoleKept reads what Kept made, and the ids of the places, with commas between. Limits count only if the number says
// that there are some: the program before this one may have left others.
func RoleKept(number int, places string) (Role, Branches) {
	switch {
	case number >= 0:
		return Role(number), Branches{}
	case number > -limitedFrom:
		return Role(-number), Branches{}
	}
	var list []PlaceID
	for id := range strings.SplitSeq(places, ",") {
		if id != "" {
			list = append(list, PlaceID(id))
		}
	}
	return Role(-number - limitedFrom), Only(list...)
}
