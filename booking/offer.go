package booking

import (
	"errors"

	"corner/catalog"
)

// readings is how often what is offered is read again when it changes between its reading and the
// transaction that relies on it.
const readings = 5

// unchanged runs what relies on a reading, again with another one while what was read has changed.
func unchanged(run func() (Booking, error)) (b Booking, err error) {
	for range readings {
		if b, err = run(); !errors.Is(err, ErrOfferChanged) {
			return b, err
		}
	}
	return b, err
}

// same is the rule that the place and the service are still as they were read.
func same(s *catalog.Service, p *catalog.Place) func(place, service int64) error {
	return func(place, service int64) error {
		if place != p.Version || service != s.Version {
			return ErrOfferChanged
		}
		return nil
	}
}
