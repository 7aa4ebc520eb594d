package media

import (
	"slices"
	"unicode/utf8"

	"corner/catalog"
	"corner/fault"
	"corner/text"
)

// Draft is what a merchant says of a photo when sending it, in the parameters of the
// call.
type Draft struct {
	Kind    Kind
	Caption string
	Service catalog.ServiceID // "" for the place itself
}

// Check names everything that is wrong with the draft.
func (d Draft) Check() error {
	var in fault.Input
	d.check(&in)
	return in.Err()
}

// check adds what is wrong.
func (d *Draft) check(in *fault.Input) {
	d.Caption = text.Visible(d.Caption)
	if in.Check(d.Kind != "", "kind", fault.Required) {
		in.Check(slices.Contains(Kinds, d.Kind), "kind", fault.Unknown)
	}
	in.Check(utf8.RuneCountInString(d.Caption) <= MaxCaption, "caption", fault.TooLong)
	if flaw, flawed := text.FlawOfLine(d.Caption); flawed {
		in.Add("caption", flaw)
	}
}

// Change is what a merchant makes of a photo, in a body.
type Change struct {
	Draft

	Position *int // in the place's list, from 0; beyond the end is the end; nil: where it is
}

// Check names everything that is wrong with the change.
func (c Change) Check() error {
	var in fault.Input
	c.check(&in)
	in.Check(c.Position == nil || *c.Position >= 0 && *c.Position < MaxPhotos, "position", fault.OutOfRange)
	return in.Err()
}
