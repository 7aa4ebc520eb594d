package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"corner/event"
	"corner/geo"
	"corner/identity"
	"corner/money"
	"corner/walltime"
)

// operated are the changes that operators and claims make, which taking back edits leaves alone.
var operated = []event.Kind{
	PlaceClaimed, PlaceReleased, PlaceHidden, PlaceRestored, PlaceMerged, PlaceUnmerged, PlaceCleared, PlaceSentBack, PlaceEnded,
	PlaceSuspended, PlaceLifted, PlaceBranded, PlaceUnbranded,
}

// takeBack undoes what happened to the place after a revision: each field has the value again that it
// had before, and services that were added are sold no more. History is only added to.
func (d *Dossier) takeBack(seq int64, now time.Time) error {
	since, err := d.Since(seq)
	if err != nil {
		return err
	}
	return d.undo(since, now)
}

// undo undoes revisions, the earliest first.
func (d *Dossier) undo(since []Revision, now time.Time) error {
	since = slices.DeleteFunc(slices.Clone(since), func(r Revision) bool { return slices.Contains(operated, r.Kind) })
	if len(since) == 0 {
		return nil
	}
	if err := d.Load(); err != nil {
		return err
	}
	done := map[string]bool{} // subject and field
	names := d.Place.Names
	for _, r := range since {
		if r.Kind == ServiceCreated {
			done[r.Subject] = true
			d.retire(ServiceID(r.Subject), now)
		}
		for _, ch := range r.Changes {
			if key := r.Subject + " " + ch.Field; !done[r.Subject] && !done[key] {
				done[key] = true
				if err := d.restore(r.Subject, ch.Field, ch.Before, now); err != nil {
					return fmt.Errorf("take back %s of %s: %w", ch.Field, r.Subject, err)
				}
			}
		}
	}
	if !done[string(d.Place.ID)+" brand"] {
		d.Place.unbrand(names)
	}
	return nil
}

// goBack gives the place's own fields the values that they had before revisions, the earliest first.
func (p *Place) goBack(since []Revision) error {
	done := map[string]bool{}
	for _, r := range since {
		for _, ch := range r.Changes {
			if r.Subject != string(p.ID) || done[ch.Field] {
				continue
			}
			done[ch.Field] = true
			if err := p.restore(ch.Field, ch.Before); err != nil {
				return fmt.Errorf("go back to %s: %w", ch.Field, err)
			}
		}
	}
	return nil
}

func (d *Dossier) retire(id ServiceID, now time.Time) {
	for i := range d.Services {
		if s := &d.Services[i]; s.ID == id && !s.Retired() {
			s.RetiredAt, s.UpdatedAt, s.Bookable = now, now, false
		}
	}
}

// restore gives a field of the place or of one of its services a value of the history.
func (d *Dossier) restore(subject, field string, value json.RawMessage, now time.Time) error {
	if subject == string(d.Place.ID) {
		d.Place.UpdatedAt = now
		return d.Place.restore(field, value)
	}
	for i := range d.Services {
		if s := &d.Services[i]; string(s.ID) == subject {
			s.UpdatedAt = now
			return s.restore(field, value, now)
		}
	}
	return nil // gone
}

// read makes to what a field of the history says; the zero value if it had none.
func read[T any](to *T, value json.RawMessage) error {
	var is T
	if len(value) > 0 {
		if err := json.Unmarshal(value, &is); err != nil {
			return err
		}
	}
	*to = is
	return nil
}

// restore is the inverse of placeFacts, field by field. Who owns it is not restored.
func (p *Place) restore(field string, value json.RawMessage) error {
	switch field {
	case "merchant":
		return nil
	case "name":
		return read(&p.Names.Main, value)
	case "names.zh":
		return read(&p.Names.Zh, value)
	case "names.en":
		return read(&p.Names.En, value)
	case "branch":
		return read(&p.Branch, value)
	case "brand":
		return read(&p.Brand, value)
	case "category":
		return read(&p.Category, value)
	case "location":
		return p.Location.restore(value)
	case "address":
		return read(&p.Address, value)
	case "phone":
		return read(&p.Phone, value)
	case "hours":
		var text string
		if err := read(&text, value); err != nil {
			return err
		}
		closed := p.Hours.Closure // a field of its own
		err := p.Hours.UnmarshalText([]byte(text))
		p.Hours.Closure = closed
		return err
	case "closure":
		return p.Hours.Closure.restore(value)
	case "zone":
		return read(&p.Zone, value)
	case "attributes":
		return read(&p.Attributes, value)
	case "not_duplicate_of":
		return read(&p.NotDuplicateOf, value)
	case "state":
		return read(&p.State, value)
	}
	return p.restoreTrait(field, value)
}

func (p *Place) restoreTrait(key string, value json.RawMessage) error {
	if !slices.ContainsFunc(Traits, func(t Trait) bool { return t.Key == key }) {
		return fmt.Errorf("a place has no field %q", key)
	}
	var was string
	if err := read(&was, value); err != nil {
		return err
	}
	words := slices.DeleteFunc(p.Traits.Words(), func(w string) bool { return strings.HasPrefix(w, key+"=") })
	if was != "" {
		words = append(words, key+"="+was)
	}
	p.Traits = TraitsOf(words...)
	return nil
}

// locationFact is a location as the history has it.
type locationFact struct {
	geo.Point

	System     geo.System `json:"coord_system"`
	WGS84      geo.Point  `json:"wgs84"`
	Accuracy   geo.Metres `json:"accuracy_m"`
	How        How        `json:"how"`
	MeasuredAt time.Time  `json:"measured_at"`
	Entrance   *geo.Point `json:"entrance"`
}

func (l *Location) restore(value json.RawMessage) error {
	var f locationFact
	if err := read(&f, value); err != nil {
		return err
	}
	*l = Location{Point: f.WGS84, Sent: f.Point, System: f.System, Accuracy: f.Accuracy, How: f.How, MeasuredAt: f.MeasuredAt}
	if f.Entrance != nil {
		door, err := geo.ToWGS84(*f.Entrance, f.System)
		if err != nil {
			return err
		}
		l.Entrance, l.SentEntrance = door, *f.Entrance
	}
	return nil
}

// readDay reads a day as the history has it; 0 for none.
func readDay(to *walltime.Day, value json.RawMessage) error {
	var text string
	*to = 0
	if err := read(&text, value); err != nil || text == "" {
		return err
	}
	at, err := time.Parse(time.DateOnly, text)
	if err == nil {
		*to = walltime.DayOf(at.Date())
	}
	return err
}

func (c *Closure) restore(value json.RawMessage) error {
	var f struct {
		From  json.RawMessage `json:"from"`
		Until json.RawMessage `json:"until"`
	}
	if err := read(&f, value); err != nil {
		return err
	}
	*c = Closure{}
	if err := readDay(&c.From, f.From); err != nil {
		return err
	}
	err := readDay(&c.Until, f.Until)
	if len(f.From) > 0 && len(f.Until) == 0 {
		c.Until = Never
	}
	return err
}

// amountFact is an amount as the history has it.
type amountFact struct {
	Amount   int64          `json:"amount"`
	Currency money.Currency `json:"currency"`
}

func readAmount(to *money.Amount, value json.RawMessage) error {
	var f amountFact
	err := read(&f, value)
	*to = money.Amount{Minor: f.Amount, Currency: f.Currency}
	return err
}

func readSpan(to *time.Duration, unit time.Duration, value json.RawMessage) error {
	var n int64
	err := read(&n, value)
	*to = time.Duration(n) * unit
	return err
}

// restore is the inverse of serviceFacts, field by field.
func (s *Service) restore(field string, value json.RawMessage, now time.Time) error {
	switch field {
	case "name":
		return read(&s.Name, value)
	case "description":
		return read(&s.Description, value)
	case "section":
		return read(&s.Section, value)
	case "position":
		return read(&s.Position, value)
	case "duration":
		return readSpan(&s.Duration, time.Minute, value)
	case "price":
		return readAmount(&s.Price, value)
	case "price_to":
		return readAmount(&s.PriceTo, value)
	case "bookable":
		return read(&s.Bookable, value)
	case "capacity":
		return read(&s.Capacity, value)
	case "per_person":
		return read(&s.PerPerson, value)
	case "step":
		return readSpan(&s.Step, time.Minute, value)
	case "buffer_before":
		return readSpan(&s.Rules.Buffers.Before, time.Minute, value)
	case "buffer_after":
		return readSpan(&s.Rules.Buffers.After, time.Minute, value)
	case "lead":
		return readSpan(&s.Rules.Lead, time.Minute, value)
	case "horizon_days":
		return read(&s.Rules.Horizon, value)
	case "party_min":
		return read(&s.Rules.PartyMin, value)
	case "party_max":
		return read(&s.Rules.PartyMax, value)
	case "at_home.radius":
		return read(&s.AtHome.Radius, value)
	case "at_home.travel":
		return readSpan(&s.AtHome.Travel, time.Minute, value)
	case "payment.kind":
		return read(&s.Payment.Kind, value)
	case "payment.deposit":
		return readAmount(&s.Payment.Deposit, value)
	case "cancellation.free":
		return readSpan(&s.Cancellation.Free, time.Hour, value)
	case "cancellation.fee":
		err := read(&s.Cancellation.Fee, value)
		s.Cancellation.Fee *= pointsPerCent
		return err
	case "attributes":
		return read(&s.Attributes, value)
	case "sold_out_until":
		return readDay(&s.SoldOutUntil, value)
	case "retired":
		retired := false
		err := read(&retired, value)
		if s.RetiredAt = (time.Time{}); retired {
			s.RetiredAt = now
		}
		return err
	}
	return fmt.Errorf("a service has no field %q", field)
}

// TakeBack undoes what was changed of a place since a moment, by somebody or (with by "") by
// anybody. Only operators may. What was changed back already changes nothing.
func (c *Catalog) TakeBack(ctx context.Context, actor identity.Actor, id PlaceID, since time.Time, by identity.UserID) (Place, error) {
	return c.operate(ctx, actor, id, func(d *Dossier) ([]event.Event, error) {
		all, err := d.Since(0)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(r Revision) bool { return r.At.Before(since) || by != "" && r.Actor != by })
		if err := d.undo(all, c.now()); err != nil {
			return nil, err
		}
		return []event.Event{c.event(PlaceTakenBack, &d.Place, actor)}, nil
	})
}
