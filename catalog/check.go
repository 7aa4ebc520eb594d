package catalog

import (
	"time"

	"corner/fault"
)

// Check names everything that is wrong with the draft, as making a place of it would.
func (d Draft) Check() error { return d.apply(&Place{}, time.Time{}) }

// Check names everything that is wrong with the offer, as making a service of it would.
func (o Offer) Check() error {
	_, err := o.service("", "", time.Time{})
	return err
}

// Menu is many offers at once, which faults call by a name.
type Menu struct {
	Name   string
	Offers []Offer
}

// Check names everything that is wrong with the offers.
func (m Menu) Check() error {
	var in fault.Input
	if _, err := menu(&in, m.Name, m.Offers, "", time.Time{}); err != nil {
		return err
	}
	return in.Err()
}
