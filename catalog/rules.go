package catalog

import (
	"time"

	"corner/fault"
)

// Rules is how the time of a service may be taken. The zero Rules are none: any party that there is
// room for, at once, and as far ahead as MaxHorizon.
type Rules struct {
	Buffers  Buffers
	Lead     time.Duration // whole minutes that a slot is booked before its start, at the least
	Horizon  int           // days after today, in the place's zone, until which it is booked; 0: MaxHorizon
	PartyMin int           // people, at the least; 0: one
	PartyMax int           // people, at the most; 0: as many as there is room for
}

// Buffers is the time that a slot occupies around itself: to prepare, and to clear up. Nobody is shown
// it, it may lie outside of the opening hours, and it shifts no start.
type Buffers struct{ Before, After time.Duration } // whole minutes

// Bounds of rules.
const (
	MaxBuffer  = 6 * time.Hour
	MaxLead    = 90 * 24 * time.Hour
	MaxHorizon = 180 // days
)

// Occupied is the longest time that a slot and its buffers can take.
const Occupied = MaxDuration + 2*MaxBuffer

// applyRules checks the rules of the offer, and writes them into s, whose capacity is known.
func (o Offer) applyRules(in *fault.Input, s *Service) {
	s.Rules = o.Rules
	r := &s.Rules
	within := func(d, most time.Duration) bool { return d >= 0 && d <= most && d%time.Minute == 0 }
	in.Check(within(r.Buffers.Before, MaxBuffer), "buffer_before", fault.OutOfRange)
	in.Check(within(r.Buffers.After, MaxBuffer), "buffer_after", fault.OutOfRange)
	in.Check(r.Horizon >= 0 && r.Horizon <= MaxHorizon, "horizon_days", fault.OutOfRange)
	// A lead as long as the horizon would leave nothing to book.
	in.Check(within(r.Lead, MaxLead) && (r.Horizon == 0 || r.Lead <= time.Duration(r.Horizon)*24*time.Hour), "lead", fault.OutOfRange)
	in.Check(r.PartyMin == 0 || r.PartyMin > 0 && r.PartyMin <= s.Capacity, "party_min", fault.OutOfRange)
	in.Check(r.PartyMax == 0 || r.PartyMax >= max(1, r.PartyMin) && r.PartyMax <= s.Capacity, "party_max", fault.OutOfRange)
}
