package catalog

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"corner/fault"
	"corner/geo"
	"corner/identity"
	"corner/text"
	"corner/uid"
	"corner/walltime"
)

// Draft is what a merchant sends to make or change a place. Every part may be left out:
// Place.Missing tells what is needed before the place can be published.
type Draft struct {
	Names    Names
	Branch   string
	Brand    string // a brand's key, as a directory has it, "" for none; no merchant says so
	Category string // "": not chosen yet
	Location *Spot  // nil: leave it where it is
	Address  string
	Phone    string // any international form; "" for none
	Hours    Hours
	Zone     string // IANA; "": follows from the spot

	Attributes     []string          // keys of the list Attributes, in any order
	Traits         map[string]string // values by keys of the list Traits; "" and absent: not told
	NotDuplicateOf []PlaceID
}

// Bounds of texts, in characters.
const (
	MaxName    = 120
	MaxAddress = 300
)

// maxNotDuplicate bounds the list of places that only look alike.
const maxNotDuplicate = 50

// apply checks the draft and writes it into p; it names every faulty value.
func (d Draft) apply(tree *Tree, p *Place, now time.Time) error {
	var in fault.Input
	p.Names = Names{
		Main: written(&in, "name", d.Names.Main, MaxName, false),
		Zh:   written(&in, "names.zh", d.Names.Zh, MaxName, false),
		En:   written(&in, "names.en", d.Names.En, MaxName, false),
	}
	p.Branch = written(&in, "branch", d.Branch, MaxName, false)
	_, known := tree.Category(d.Category)
	in.Check(known || d.Category == "", "category", fault.Unknown)
	p.Category = d.Category
	p.Address = written(&in, "address", d.Address, MaxAddress, false)
	p.Phone = ""
	if d.Phone != "" {
		phone, ok := identity.ParsePhone(d.Phone)
		in.Check(ok, "phone", fault.BadFormat)
		p.Phone = phone
	}
	p.Attributes = attributes(&in, d.Attributes)
	p.Traits = traitSet(&in, d.Traits)
	p.NotDuplicateOf = d.distinct(&in)
	located := d.Location == nil
	if d.Location != nil {
		p.Location, located = d.Location.locate(&in, now)
	}
	closure := p.Hours.Closure // no draft's to change
	p.Hours = d.Hours
	p.Hours.Closure = closure
	if err := p.Hours.Normalize(); err != nil && !in.Include("hours", err) {
		return err
	}
	if err := d.applyZone(&in, p, located); err != nil {
		return err
	}
	return in.Err()
}

func (d Draft) applyZone(in *fault.Input, p *Place, located bool) error {
	if d.Zone != "" {
		_, err := walltime.Zone(d.Zone)
		in.Check(err == nil, "zone", fault.Unknown)
		p.Zone = d.Zone
		return nil
	}
	if !located || !p.Location.Known() {
		return nil
	}
	zone, err := geo.Zone(p.Location.Point)
	switch {
	case errors.Is(err, geo.ErrNoZone):
		in.Add("zone", fault.Required)
	case err != nil:
		return err
	}
	p.Zone = zone
	return nil
}

// attributes checks keys, and returns them sorted, each once.
func attributes(in *fault.Input, keys []string) []string {
	if !in.Check(len(keys) <= MaxAttributes, "attributes", fault.Crowded) {
		return nil
	}
	for i, key := range keys {
		_, known := AttributeNumber(key)
		in.Check(known, fault.Name("attributes", i), fault.Unknown)
	}
	if len(keys) == 0 {
		return nil
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// distinct is the places of NotDuplicateOf, sorted, each once.
func (d Draft) distinct(in *fault.Input) []PlaceID {
	if !in.Check(len(d.NotDuplicateOf) <= maxNotDuplicate, "not_duplicate_of", fault.Crowded) || len(d.NotDuplicateOf) == 0 {
		return nil
	}
	for i, id := range d.NotDuplicateOf {
		in.Check(uid.Valid("plc", string(id)), fault.Name("not_duplicate_of", i), fault.BadFormat)
	}
	ids := slices.Clone(d.NotDuplicateOf)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// written trims s, checks its length, and that it does not deceive who sees it.
func written(in *fault.Input, name, s string, most int, required bool) string {
	s = text.Visible(s)
	in.Check(s != "" || !required, name, fault.Required)
	in.Check(utf8.RuneCountInString(s) <= most, name, fault.TooLong)
	if flaw, flawed := text.Flaw(s); flawed {
		in.Add(name, flaw)
	}
	return s
}
