package moderation

import (
	"cmp"
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"corner/catalog"
	"corner/event"
	"corner/fault"
	"corner/idempotency"
	"corner/identity"
	"corner/media"
	"corner/reviews"
	"corner/text"
	"corner/uid"
)

// Moderator is where things are reported and decided.
type Moderator struct {
	Store    Store
	Accounts *identity.Accounts
	Catalog  *catalog.Catalog
	Album    *media.Album
	Board    *reviews.Board
	Journal  *identity.Journal
	PerDay   int // reports that one person may make a day; 0 is DefaultPerDay
	Now      func() time.Time
}

// Day is what reports are counted in.
const Day = 24 * time.Hour

// DefaultPerDay is more than anybody meets by chance.
const DefaultPerDay = 20

// Subject names what is reported: exactly one of them.
type Subject struct {
	Place  catalog.PlaceID
	Photo  media.ID
	Review reviews.ID
}

// Report says that something is wrong with a published place, a photo or a review. Anybody who has
// signed in may. Reporting it again while nobody has decided changes nothing.
func (m *Moderator) Report(ctx context.Context, actor identity.Actor, s Subject, reason string, key idempotency.Key) (Report, error) {
	if err := actor.Require(); err != nil {
		return Report{}, err
	}
	var in fault.Input
	s.check(&in)
	reason = why(&in, reason)
	if err := in.Err(); err != nil {
		return Report{}, err
	}
	now := m.now()
	c, err := m.about(ctx, actor, s)
	if err != nil {
		return Report{}, err
	}
	c.ID, c.Kind, c.State, c.OpenedAt, c.Reports = CaseID(uid.New("cas", now)), Reported, Open, now, 1
	r := Report{ID: ReportID(uid.New("rpt", now)), Case: c.ID, By: actor.User, Reason: reason, CreatedAt: now}
	e := event.New(ReportedEvent, string(r.ID), string(c.Place), string(actor.User), now).About(string(c.Merchant), "")
	return m.Store.Report(ctx, r, c, key, e, func(today int) error {
		if most := cmp.Or(m.PerDay, DefaultPerDay); today >= most {
			return ErrTooManyReports.After(time.Hour).WithData(fault.Limited{Limit: most, Reset: Day})
		}
		return nil
	})
}

// Check names what is wrong with a subject.
func (s Subject) Check() error {
	var in fault.Input
	s.check(&in)
	return in.Err()
}

func (s Subject) check(in *fault.Input) { in.Check(s.count() == 1, "place", fault.Required) }

func (s Subject) count() (n int) {
	for _, id := range []string{string(s.Place), string(s.Photo), string(s.Review)} {
		if id != "" {
			n++
		}
	}
	return n
}

// why checks a reason.
func why(in *fault.Input, reason string) string {
	reason = text.Visible(reason)
	in.Check(reason != "", "reason", fault.Required)
	in.Check(utf8.RuneCountInString(reason) <= MaxReason, "reason", fault.TooLong)
	if flaw, flawed := text.Flaw(reason); flawed {
		in.Add("reason", flaw)
	}
	return reason
}

// about is a case about what the actor can see.
func (m *Moderator) about(ctx context.Context, actor identity.Actor, s Subject) (Case, error) {
	c := Case{Subject: Place, SubjectID: string(s.Place), Place: s.Place}
	switch {
	case s.Photo != "":
		p, _, err := m.Album.Photo(ctx, actor, s.Photo)
		if err != nil {
			return Case{}, unseen(err)
		}
		c = Case{Subject: Photo, SubjectID: string(p.ID), Place: p.Place}
	case s.Review != "":
		r, err := m.Board.Review(ctx, actor, s.Review)
		if err != nil {
			return Case{}, unseen(err)
		}
		c = Case{Subject: Review, SubjectID: string(r.ID), Place: r.Place, User: r.Author}
	}
	p, err := m.Catalog.Place(ctx, actor, c.Place)
	if err != nil {
		return Case{}, unseen(err)
	}
	c.Place, c.Merchant = p.ID, p.Merchant
	if c.Subject == Place {
		c.SubjectID = string(p.ID)
	}
	return c, nil
}

// unseen answers for everything that is not there as for one.
func unseen(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return ErrNotReportable
	}
	return err
}

// Queue lists cases, the oldest first: at most limit after the given one. Only operators may.
func (m *Moderator) Queue(ctx context.Context, actor identity.Actor, f Filter, after CaseID, limit int) ([]Case, error) {
	if err := actor.RequireOperator(); err != nil {
		return nil, err
	}
	list, err := m.Store.Cases(ctx, f, after, limit)
	if err != nil {
		return nil, err
	}
	at := make([]identity.UserID, 0, 2*len(list))
	for i := range list {
		at = append(at, list[i].User, list[i].Last.By)
	}
	if err := m.Journal.Look(ctx, actor, "", identity.SeenQueue, "", at...); err != nil {
		return nil, err
	}
	return list, nil
}

// File is a case with what was said and done about it.
type File struct {
	Case
	Reports   []Report   // the oldest first
	Decisions []Decision // the latest first
	Claim     *catalog.Claim
}

// shownInFile is how many reports and decisions a file has at most.
const shownInFile = 100

// Case is a case with its reports and decisions. Only operators may.
func (m *Moderator) Case(ctx context.Context, actor identity.Actor, id CaseID) (File, error) {
	c, err := m.find(ctx, actor, id)
	if err != nil {
		return File{}, err
	}
	f := File{Case: c}
	if f.Reports, err = m.Store.Reports(ctx, id, shownInFile); err != nil {
		return File{}, err
	}
	if f.Decisions, err = m.Store.Decisions(ctx, id, shownInFile); err != nil {
		return File{}, err
	}
	if c.Subject == Claim {
		claim, err := m.Catalog.Claim(ctx, actor, catalog.ClaimID(c.SubjectID))
		if err != nil {
			return File{}, err
		}
		f.Claim = &claim
	}
	if err := m.Journal.Look(ctx, actor, "", identity.SeenCase, string(id), f.people()...); err != nil {
		return File{}, err
	}
	return f, nil
}

// people is everybody whom a file tells of.
func (f *File) people() []identity.UserID {
	all := []identity.UserID{f.User, f.Last.By}
	for i := range f.Reports {
		all = append(all, f.Reports[i].By)
	}
	for i := range f.Decisions {
		all = append(all, f.Decisions[i].By)
	}
	if f.Claim != nil {
		all = append(all, f.Claim.By)
	}
	return all
}

func (m *Moderator) find(ctx context.Context, actor identity.Actor, id CaseID) (Case, error) {
	if err := actor.RequireOperator(); err != nil {
		return Case{}, err
	}
	if !uid.Valid("cas", string(id)) {
		return Case{}, ErrNotFound
	}
	return m.Store.Case(ctx, id)
}

// Handle is the event.Handler that opens the cases that events ask for.
func (m *Moderator) Handle(ctx context.Context, events []event.Event) error {
	refused := event.RefusedError{}
	for _, e := range events {
		c := Case{
			ID: CaseID(uid.New("cas", e.At)), Kind: opens[e.Kind], State: Open, Subject: Place, SubjectID: e.Place,
			Place: catalog.PlaceID(e.Place), Merchant: identity.MerchantID(e.Merchant), Event: e.ID, OpenedAt: e.At,
		}
		switch c.Kind {
		case Claimed:
			c.Subject, c.SubjectID, c.User = Claim, e.Subject, identity.UserID(e.User)
		case Burst:
			c.Subject, c.SubjectID, c.User = User, e.Actor, identity.UserID(e.Actor)
		}
		if err := m.Store.Open(ctx, c); err != nil {
			if fault.KindOf(err) == fault.Unavailable {
				return err
			}
			refused[e.ID] = err
		}
	}
	if len(refused) > 0 {
		return refused
	}
	return nil
}

// now is the present, as fine as the databases keep it.
func (m *Moderator) now() time.Time { return m.Now().UTC().Truncate(time.Microsecond) }

var errUnknownAction = errors.New("an action that nobody does")
