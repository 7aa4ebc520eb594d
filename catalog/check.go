package catalog

import (
	"time"

	"corner/fault"
)

// CheckDraft names everything that is wrong with a draft, as CreatePlace would.
func (c *Catalog) CheckDraft(d Draft) error { return d.apply(c.Tree(), &Place{}, time.Time{}) }

// CheckCategory names everything that is wrong with a new category, as AddCategory would.
func (c *Catalog) CheckCategory(n NewCategory) error {
	_, err := n.category(c.Tree())
	return err
}

// Check names everything that is wrong with the offer, as AddService would.
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
