package notify

import (
	"context"
	"slices"
	"time"

	"corner/booking"
	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/identity"
	"corner/moderation"
	"corner/uid"
	"corner/walltime"
)

// Inbox is where people read what happened.
type Inbox struct {
	Store  Store
	Source Source
	Now    func() time.Time
}

// Consumer is the name of the deliveries that become notices.
const Consumer event.Consumer = "inbox"

// ErrNotFound says that there is no such notice.
var ErrNotFound = fault.New(fault.NotFound, "notice.not_found", "there is no such notice", "没有该通知")

// Notices lists the actor's, suspended or not, the newest first: at most limit before the given one; and
// how many are unread.
func (b *Inbox) Notices(ctx context.Context, actor identity.Actor, before ID, limit int) (list []Notice, unread int, err error) {
	if err := actor.Identify(); err != nil {
		return nil, 0, err
	}
	if unread, err = b.Store.Unread(ctx, actor.User); err != nil {
		return nil, 0, err
	}
	list, err = b.Store.Notices(ctx, actor.User, before, limit)
	return list, unread, err
}

// Read marks the actor's notices up to one as read.
func (b *Inbox) Read(ctx context.Context, actor identity.Actor, upTo ID) error {
	if err := actor.Identify(); err != nil {
		return err
	}
	if !uid.Valid("ntc", string(upTo)) {
		return ErrNotFound
	}
	return b.Store.Read(ctx, actor.User, upTo, b.Now().UTC().Truncate(time.Microsecond))
}

// Handle is the event.Handler that tells people.
func (b *Inbox) Handle(ctx context.Context, events []event.Event) error {
	by := map[event.Kind][]event.Event{}
	for _, e := range events {
		by[e.Kind] = append(by[e.Kind], e)
	}
	claims := slices.Concat(by[catalog.ClaimVerifiedEvent], by[catalog.ClaimRefusedEvent], by[catalog.ClaimLapsedEvent])
	var all []Notice
	for _, part := range []struct {
		events []event.Event
		tell   func(context.Context, []event.Event) ([]Notice, error)
	}{
		{by[identity.SessionOpened], b.signIns},
		{by[booking.CancelledEvent], b.cancelled},
		{claims, b.claims},
		{by[moderation.DecidedEvent], b.decided},
	} {
		if len(part.events) == 0 {
			continue
		}
		list, err := part.tell(ctx, part.events)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	if len(all) == 0 {
		return nil
	}
	return b.Store.Add(ctx, all)
}

func subjects(events []event.Event) []string {
	ids := make([]string, len(events))
	for i := range events {
		ids[i] = events[i].Subject
	}
	return ids
}

// notice is one of an event, for a person.
func notice(e *event.Event, user identity.UserID, k Kind, detail string) Notice {
	return Notice{
		ID: ID(uid.New("ntc", e.At)), User: user, Event: e.ID, Kind: k, Subject: e.Subject, Place: catalog.PlaceID(e.Place), Detail: detail,
		CreatedAt: e.At,
	}
}

// signIns tells who has signed in elsewhere; on one's only device there is nobody to tell.
func (b *Inbox) signIns(ctx context.Context, events []event.Event) (list []Notice, err error) {
	found, err := b.Source.SignIns(ctx, subjects(events), b.Now())
	for i := range events {
		if s := found[events[i].Subject]; s.User != "" && s.Others > 0 {
			list = append(list, notice(&events[i], s.User, SignedIn, s.Device))
		}
	}
	return list, err
}

// cancelled tells consumers what the shop cancelled.
func (b *Inbox) cancelled(ctx context.Context, events []event.Event) (list []Notice, err error) {
	found, err := b.Source.Bookings(ctx, subjects(events))
	for i := range events {
		v := found[events[i].Subject]
		if !v.ByMerchant || string(v.User) == events[i].Actor {
			continue
		}
		start := v.Start.UTC()
		if loc, err := walltime.Zone(v.Zone); err == nil {
			start = start.In(loc)
		}
		n := notice(&events[i], v.User, BookingCancelled, start.Format("2006-01-02 15:04"))
		n.PlaceName = v.PlaceName
		list = append(list, n)
	}
	return list, err
}

func (b *Inbox) claims(ctx context.Context, events []event.Event) (list []Notice, err error) {
	kinds := map[event.Kind]Kind{
		catalog.ClaimVerifiedEvent: ClaimVerified, catalog.ClaimRefusedEvent: ClaimRefused, catalog.ClaimLapsedEvent: ClaimLapsed,
	}
	found, err := b.Source.Claims(ctx, subjects(events))
	for i := range events {
		c, own := found[events[i].Subject], identity.UserID(events[i].Actor)
		if c.By == "" || c.By == own {
			continue // who proved it was answered
		}
		n := notice(&events[i], c.By, kinds[events[i].Kind], c.Reason)
		n.PlaceName = c.PlaceName
		list = append(list, n)
	}
	return list, err
}

// decided tells whom a decision concerns, and who reported. Of claims, claims tells.
func (b *Inbox) decided(ctx context.Context, events []event.Event) (list []Notice, err error) {
	found, err := b.Source.Decisions(ctx, subjects(events))
	for i := range events {
		d := found[events[i].Subject]
		if d.Subject == string(moderation.Claim) {
			continue
		}
		tell := func(users []identity.UserID, k Kind, detail string) {
			for _, u := range users {
				n := notice(&events[i], u, k, detail)
				n.Subject, n.PlaceName = d.SubjectID, d.PlaceName
				list = append(list, n)
			}
		}
		if d.Action != string(moderation.Dismiss) {
			tell(d.Concerned, Decided, d.Action+apart+d.Reason)
		}
		tell(d.Reporters, ReportDecided, d.Reason)
	}
	return list, err
}
