package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/uid"
)

// Entry is one listing of a foreign directory that is to be imported.
type Entry struct {
	Place    Place
	Services []Service // stored when the place is new
	Event    event.Event
}

// Outcome is what became of an entry.
type Outcome int

// The outcomes.
const (
	Refused   Outcome = iota // its values are not usable
	Created                  // it is a new place
	Updated                  // the place was there, unclaimed, and has changed
	Unchanged                // the place was there and is the same
	Claimed                  // the place is its merchant's now, and left alone
)

// Stored is the place that an earlier import made of an entry's source.
type Stored struct {
	Merchant identity.MerchantID // who has claimed it; "" for nobody
	Same     bool                // the entry says what the one before it said
}

// Reread decides about a listing that was imported before. A place that a merchant has
// claimed belongs to the merchant, and no directory changes it any more.
func Reread(s Stored) Outcome {
	switch {
	case s.Merchant != "":
		return Claimed
	case s.Same:
		return Unchanged
	}
	return Updated
}

// Listing is a place as a directory tells it.
type Listing struct {
	Source string // stable name in the directory: "osm:node/42"
	Draft
	Offers []Offer
}

// Import takes over listings of a directory, published and unclaimed, as the
// platform's operator. A listing is known again by its Source. The second result
// says, for each listing that was Refused, why.
func (c *Catalog) Import(ctx context.Context, listings []Listing) ([]Outcome, []error, error) {
	now, tree := c.now(), c.Tree()
	outcomes, reasons := make([]Outcome, len(listings)), make([]error, len(listings))
	var entries []Entry
	var at []int
	for i, l := range listings {
		e, err := l.entry(tree, now)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				return nil, nil, err
			}
			reasons[i] = err
			continue
		}
		entries, at = append(entries, e), append(at, i)
	}
	done, err := c.Store.Import(ctx, entries, Reread)
	if err != nil {
		return nil, nil, fmt.Errorf("import %d places: %w", len(entries), err)
	}
	for k, o := range done {
		outcomes[at[k]] = o
	}
	return outcomes, reasons, nil
}

func (l Listing) entry(tree *Tree, now time.Time) (Entry, error) {
	id := PlaceID(uid.New("plc", now))
	p := Place{ID: id, Source: l.Source, State: Published, Version: 1, CreatedAt: now, UpdatedAt: now}
	var in fault.Input
	in.Check(l.Source != "" && len(l.Source) <= MaxName, "source", fault.Required)
	// It is published at once.
	in.Check(strings.TrimSpace(l.Names.Main) != "", "name", fault.Required)
	in.Check(l.Category != "", "category", fault.Required)
	in.Check(l.Location != nil, "location", fault.Required)
	if err := l.apply(tree, &p, now); err != nil && !in.Include("", err) {
		return Entry{}, err
	}
	p.Brand = l.listed()
	e := Entry{Place: p, Event: event.New(PlaceImported, string(id), string(id), "", now)}
	for i, o := range l.Offers {
		// Lists are in the order of ids: a millisecond keeps the directory's order.
		s, err := o.service(ServiceID(uid.New("svc", now.Add(time.Duration(i)*time.Millisecond))), id, now)
		if err != nil && !in.Include(fault.Name("services", i), err) {
			return Entry{}, err
		}
		e.Services = append(e.Services, s)
	}
	return e, in.Err()
}
