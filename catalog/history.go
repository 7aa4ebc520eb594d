package catalog

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"corner/event"
	"corner/identity"
	"corner/money"
	"corner/walltime"
)

// Revision is one change of a place or of one of its services: who, when, what. The
// history of a place is its revisions, to which every change adds one in its own
// transaction and from which none is ever taken; it goes only with a draft that was never
// published (DeleteDraft). What an import brings is not in it:
// nobody did it, and the directory it came from says it better.
type Revision struct {
	Place   PlaceID
	Seq     int64  // 1 for the place's first
	Subject string // the id of the place or of the service
	Kind    event.Kind
	Version int64 // of the subject, after the change
	Actor   identity.UserID
	At      time.Time
	Changes []Change
}

// Change is one field before and after. It is a stored format.
type Change struct {
	Field  string          `json:"field"`            // its name; in rows of before, a JSON pointer
	Before json.RawMessage `json:"before,omitempty"` // absent: it had none
	After  json.RawMessage `json:"after,omitempty"`
}

// PlaceRevision is the revision that the event e made: what changed between the places
// before and after. Before a registration, before is the zero Place.
func PlaceRevision(before, after *Place, e event.Event) Revision {
	return revision(after.ID, string(after.ID), after.Version, placeFacts(before), placeFacts(after), e)
}

// ServiceRevision is the revision that the event e made: what changed between the services
// before and after. For a new service, before is the zero Service.
func ServiceRevision(before, after *Service, e event.Event) Revision {
	return revision(after.Place, string(after.ID), after.Version, serviceFacts(before), serviceFacts(after), e)
}

func revision(place PlaceID, subject string, version int64, before, after []fact, e event.Event) Revision {
	r := Revision{Place: place, Subject: subject, Kind: e.Kind, Version: version, Actor: identity.UserID(e.Actor), At: e.At}
	for i, now := range after {
		was, is := before[i].json(), now.json()
		if !bytes.Equal(was, is) {
			r.Changes = append(r.Changes, Change{Field: now.field, Before: was, After: is})
		}
	}
	return r
}

// fact is a field and its value; nil when nobody has told it.
type fact struct {
	field string
	value any
}

func (f fact) json() json.RawMessage {
	if f.value == nil {
		return nil
	}
	raw, err := json.Marshal(f.value)
	if err != nil {
		return nil // numbers and texts always can be written; a NaN is refused at the door
	}
	return raw
}

// orNil is v, or nil if it is the zero value.
func orNil[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

func placeFacts(p *Place) []fact {
	hours, err := p.Hours.MarshalText()
	if err != nil {
		hours = nil
	}
	facts := []fact{
		{"merchant", orNil(p.Merchant)},
		{"name", orNil(p.Names.Main)},
		{"names.zh", orNil(p.Names.Zh)},
		{"names.en", orNil(p.Names.En)},
		{"branch", orNil(p.Branch)},
		{"brand", orNil(p.Brand)},
		{"category", orNil(p.Category)},
		{"location", p.Location.facts()},
		{"address", orNil(p.Address)},
		{"phone", orNil(p.Phone)},
		{"hours", orNil(string(hours))},
		{"closure", p.Hours.Closure.fact()},
		{"zone", orNil(p.Zone)},
		{"attributes", listed(p.Attributes)},
		{"not_duplicate_of", listed(p.NotDuplicateOf)},
		{"state", orNil(p.State)},
	}
	for i := range Traits {
		facts = append(facts, fact{Traits[i].Key, orNil(p.Traits.Value(Traits[i].Key))})
	}
	return facts
}

// facts keeps the evidence: what was sent, and the point that came of it.
func (l Location) facts() any {
	if !l.Known() {
		return nil
	}
	m := map[string]any{
		"lat": l.Sent.Lat, "lng": l.Sent.Lng, "coord_system": l.System, "wgs84": map[string]any{"lat": l.Point.Lat, "lng": l.Point.Lng},
	}
	if l.Accuracy != 0 {
		m["accuracy_m"] = l.Accuracy
	}
	if l.How != "" {
		m["how"] = l.How
	}
	if !l.MeasuredAt.IsZero() {
		m["measured_at"] = l.MeasuredAt
	}
	if l.Entrance != l.SentEntrance || l.Entrance.Lat != 0 || l.Entrance.Lng != 0 {
		m["entrance"] = map[string]any{"lat": l.SentEntrance.Lat, "lng": l.SentEntrance.Lng}
	}
	return m
}

func listed[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return list
}

func serviceFacts(s *Service) []fact {
	return []fact{
		{"name", orNil(s.Name)},
		{"description", orNil(s.Description)},
		{"section", orNil(s.Section)},
		{"position", orNil(s.Position)},
		{"duration", orNil(int(s.Duration / time.Minute))},
		{"price", price(s.Price)},
		{"price_to", price(s.PriceTo)},
		{"bookable", orNil(s.Bookable)},
		{"capacity", orNil(s.Capacity)},
		{"per_person", orNil(s.PerPerson)},
		{"step", orNil(int(s.Step / time.Minute))},
		{"buffer_before", orNil(int(s.Rules.Buffers.Before / time.Minute))},
		{"buffer_after", orNil(int(s.Rules.Buffers.After / time.Minute))},
		{"lead", orNil(int(s.Rules.Lead / time.Minute))},
		{"horizon_days", orNil(s.Rules.Horizon)},
		{"party_min", orNil(s.Rules.PartyMin)},
		{"party_max", orNil(s.Rules.PartyMax)},
		{"at_home.radius", orNil(s.AtHome.Radius)},
		{"at_home.travel", orNil(int(s.AtHome.Travel / time.Minute))},
		{"payment.kind", orNil(s.Payment.Kind)},
		{"payment.deposit", price(s.Payment.Deposit)},
		{"cancellation.free", orNil(int(s.Cancellation.Free / time.Hour))},
		{"cancellation.fee", orNil(int64(s.Cancellation.Fee) / pointsPerCent)},
		{"attributes", listed(s.Attributes)},
		{"retired", orNil(s.Retired())},
		{"sold_out_until", dayFact(s.SoldOutUntil)},
	}
}

func dayFact(d walltime.Day) any {
	if d == 0 {
		return nil
	}
	return d.String()
}

const pointsPerCent = 100

func price(a money.Amount) any {
	if a.Currency == "" {
		return nil
	}
	return map[string]any{"amount": a.Minor, "currency": a.Currency}
}

// History lists the revisions of a place, the latest first: at most limit of them before
// the revision number before (0: from the latest). Whoever may read it there may
// ask, and operators.
func (c *Catalog) History(ctx context.Context, actor identity.Actor, id PlaceID, before int64, limit int) ([]Revision, error) {
	if err := actor.Require(); err != nil {
		return nil, err
	}
	p, err := c.PlaceAsIs(ctx, id)
	if err != nil {
		return nil, err
	}
	if !actor.Sees(identity.ReadHistory, p.Merchant, p.ID) {
		return nil, ErrPlaceNotFound
	}
	list, err := c.Store.History(ctx, id, before, limit)
	if err != nil {
		return nil, err
	}
	at := make([]identity.UserID, 0, len(list))
	for i := range list {
		at = append(at, list[i].Actor)
	}
	if err := c.Journal.Look(ctx, actor, p.Merchant, identity.SeenHistory, string(id), at...); err != nil {
		return nil, err
	}
	return list, nil
}
