package catalog

import "time"

// Check names everything that is wrong with the draft, as making a place of it would.
func (d Draft) Check() error { return d.apply(&Place{}, time.Time{}) }

// Check names everything that is wrong with the offer, as making a service of it would.
func (o Offer) Check() error {
	_, err := o.service("", "", time.Time{})
	return err
}
