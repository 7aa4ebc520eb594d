package booking

import (
	"cmp"

	"corner/taking"
)

// Quotas bound what one person may have at a time, whatever the rate at which it is asked for. 0 is
// the default of DefaultQuotas.
type Quotas struct {
	Open        int // holds and bookings that have not ended
	Overlapping int // those at one time: mother and child at the hairdresser's
	Renewals    int // how often a slot may be held again that was let go
}

// DefaultQuotas are what nobody misses who means to come.
var DefaultQuotas = Quotas{Open: 20, Overlapping: 2, Renewals: 3}

func (q Quotas) withDefaults() Quotas {
	return Quotas{
		Open:        cmp.Or(q.Open, DefaultQuotas.Open),
		Overlapping: cmp.Or(q.Overlapping, DefaultQuotas.Overlapping),
		Renewals:    cmp.Or(q.Renewals, DefaultQuotas.Renewals),
	}
}

// admit is whether a person who has m may take one more.
func (q Quotas) admit(m taking.Mine) error {
	switch q = q.withDefaults(); {
	case m.Holds >= q.Open:
		return ErrTooManyHolds
	case m.Open >= q.Open:
		return ErrTooManyBookings
	case m.Overlapping >= q.Overlapping:
		return ErrTooManyAtOnce
	case m.Again > q.Renewals:
		return ErrTooManyRenewals
	}
	return nil
}

// admitMoved is whether a person who has m besides it may move a booking to where it overlaps.
func (q Quotas) admitMoved(m taking.Mine) error {
	if m.Overlapping >= q.withDefaults().Overlapping {
		return ErrTooManyAtOnce
	}
	return nil
}
