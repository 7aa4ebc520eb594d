package taking

import (
	"cmp"
	"slices"
	"time"
)

// Busy says that N of a ref is taken by somebody else during a stretch of time.
type Busy struct {
	Slot

	N int
}

// Standing is what stands of one ref at the moment of deciding.
type Standing struct {
	Ref  Ref
	Busy []Busy // for time: what overlaps the slot, and has not run out
	Open int    // for counts: how many are open
}

// Peak is the most that is taken at any moment of s.
func Peak(busy []Busy, s Slot) int {
	type step struct {
		at time.Time
		n  int
	}
	steps := make([]step, 0, 2*len(busy))
	for _, b := range busy {
		if b.Overlaps(s) {
			steps = append(steps, step{b.Start, b.N}, step{b.End, -b.N})
		}
	}
	// Who leaves at a moment makes room for who comes at it.
	slices.SortFunc(steps, func(a, b step) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.n, b.n))
	})
	most, now := 0, 0
	for _, st := range steps {
		now += st.n
		most = max(most, now)
	}
	return most
}

// Rules is what a room decides by, inside the transaction. A nil rule admits.
type Rules struct {
	// Mine is asked first, with what the user has already.
	Mine func(Mine) error
	// Offer is asked with the versions of the place and of the service that are taken, before anything
	// is; neither changes until the transaction ends.
	Offer func(place, service int64) error
	// Take is asked for each taking, in the order of refs, with what stands of its ref.
	Take func(Taking, Standing) error
}

// Mine is what a user has, wherever, when something is to be taken for a slot.
type Mine struct {
	Holds       int // that have not run out
	Open        int // holds that have not run out, and bookings that have not ended
	Overlapping int // those of Open that the slot overlaps
	Again       int // holds and bookings of this service and start that came to nothing
}

// AdmitMine asks the rule about what the user has.
func (r Rules) AdmitMine(m Mine) error {
	if r.Mine == nil {
		return nil
	}
	return r.Mine(m)
}

// AdmitOffer asks the rule about what is offered.
func (r Rules) AdmitOffer(place, service int64) error {
	if r.Offer == nil {
		return nil
	}
	return r.Offer(place, service)
}

// AdmitTake asks the rule about one taking.
func (r Rules) AdmitTake(t Taking, st Standing) error {
	if r.Take == nil {
		return nil
	}
	return r.Take(t, st)
}
