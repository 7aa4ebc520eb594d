package moderationtest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/moderation"
	"corner/uid"
)

// Store tests that what open gives keeps the contract of moderation.Store. Each call of open gives an
// empty database of its own. The subtests run in parallel.
func Store(t *testing.T, open func(t *testing.T) moderation.Store) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Reports":      (*suite).reports,
		"ReportRivals": (*suite).reportRivals,
		"ReportQuota":  (*suite).reportQuota,
		"Events":       (*suite).events,
		"Lists":        (*suite).lists,
		"Decisions":    (*suite).decisions,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{Test: expect.Test{T: t}, Store: open(t), now: time.Now().UTC().Truncate(time.Microsecond)})
		})
	}
}

type suite struct {
	expect.Test
	moderation.Store

	now  time.Time
	made int
}

// fresh is a case of a kind about a place, of a later moment than those before.
func (s *suite) fresh(k moderation.Kind, place string) moderation.Case {
	s.made++
	at := s.now.Add(time.Duration(s.made) * time.Second)
	return moderation.Case{
		ID: moderation.CaseID(uid.New("cas", at)), Kind: k, State: moderation.Open, Subject: moderation.Place, SubjectID: place, Place: "plc_1",
		Merchant: "mer_1", User: "usr_9", OpenedAt: at,
	}
}

func (s *suite) report(place, by string) (moderation.Report, error) {
	c := s.fresh(moderation.Reported, place)
	r := moderation.Report{
		ID: moderation.ReportID(uid.New("rpt", c.OpenedAt)), Case: c.ID, By: identity.UserID(by), Reason: "'quoted' 假", CreatedAt: c.OpenedAt,
	}
	return s.Report(s.Context(), r, c, idempotency.Key{}, event.New(moderation.ReportedEvent, string(r.ID), "", by, s.now), admitted)
}

func admitted(int) error { return nil }

func (s *suite) decide(id moderation.CaseID, action moderation.Action) (moderation.Case, error) {
	s.made++
	d := moderation.Decision{
		ID: moderation.DecisionID(uid.New("dec", s.now.Add(time.Duration(s.made)*time.Second))), Action: action, Reason: "因为", Into: "plc_2",
		Since: s.now, By: "usr_2", At: s.now.Add(time.Hour),
	}
	return s.Decide(s.Context(), id, d, event.New(moderation.DecidedEvent, string(d.ID), "", "usr_2", s.now))
}

// reports of one subject are one case until it is decided; each person is one report of it.
func (s *suite) reports() {
	first := expect.OK(s.report("plc_1", "usr_1"))(s)
	again := expect.OK(s.report("plc_1", "usr_1"))(s)
	s.Same("by the same person", first, again)
	second := expect.OK(s.report("plc_1", "usr_2"))(s)
	other := expect.OK(s.report("plc_2", "usr_1"))(s)
	if second.Case != first.Case || other.Case == first.Case {
		s.Errorf("the cases are %s, %s and, of another place, %s", first.Case, second.Case, other.Case)
	}
	c := expect.OK(s.Case(s.Context(), first.Case))(s)
	s.Same("reports", 2, c.Reports)
	s.Same("both", []moderation.Report{first, second}, expect.OK(s.Reports(s.Context(), first.Case, 10))(s))
	s.Same("one", []moderation.Report{first}, expect.OK(s.Reports(s.Context(), first.Case, 1))(s))
	key := expect.OK(idempotency.New("usr_1", "k", "reports.create", "a"))(s)
	for range 2 { // a report that is there already is what the key made
		keyed := expect.OK(
			s.Report(s.Context(), moderation.Report{ID: "rpt_9", By: "usr_1", CreatedAt: s.now}, s.fresh(moderation.Reported, "plc_1"), key,
				event.New(moderation.ReportedEvent, "rpt_9", "", "usr_1", s.now), admitted),
		)(
			s,
		)
		s.Same("with a key", first, keyed)
	}
	expect.OK(s.decide(first.Case, moderation.Dismiss))(s)
	third := expect.OK(s.report("plc_1", "usr_1"))(s)
	if third.Case == first.Case || third.ID == first.ID {
		s.Error("a report after the decision is in the case that was decided")
	}
}

// reportRivals: of many who report one place at a moment, each is counted once, in one case.
func (s *suite) reportRivals() {
	const n = 12
	var ids [n]moderation.CaseID
	cases := make([]moderation.Case, n)
	for i := range cases {
		cases[i] = s.fresh(moderation.Reported, "plc_1")
	}
	failed := expect.Rivals(n, func(i int) error {
		by := fmt.Sprintf("usr_%d", i/2) // everybody twice
		r := moderation.Report{ID: moderation.ReportID(uid.New("rpt", s.now)), By: identity.UserID(by), Reason: "x", CreatedAt: s.now}
		got, err := s.Report(
			s.Context(),
			r,
			cases[i],
			idempotency.Key{},
			event.New(moderation.ReportedEvent, string(r.ID), "", by, s.now),
			admitted,
		)
		ids[i] = got.Case
		return err
	})
	if len(failed) > 0 {
		s.Fatalf("%d of %d failed: %v", len(failed), n, failed[0])
	}
	for _, id := range ids {
		s.Same("the case", ids[0], id)
	}
	s.Same("reports", n/2, expect.OK(s.Case(s.Context(), ids[0]))(s).Reports)
	s.Same("rows", n/2, len(expect.OK(s.Reports(s.Context(), ids[0], 100))(s)))
}

// reportQuota: of many reports of one person at a moment, each sees those before it; one that is there already is not counted, and
// what is refused leaves nothing.
func (s *suite) reportQuota() {
	const n, most = 12, 3
	full := errors.New("full")
	cases := make([]moderation.Case, n)
	for i := range cases {
		cases[i] = s.fresh(moderation.Reported, fmt.Sprintf("plc_%d", i))
	}
	report := func(i int, at time.Time) error {
		r := moderation.Report{ID: moderation.ReportID(uid.New("rpt", s.now)), By: "usr_1", Reason: "x", CreatedAt: at}
		e := event.New(moderation.ReportedEvent, string(r.ID), "", "usr_1", s.now)
		_, err := s.Report(s.Context(), r, cases[i], idempotency.Key{}, e, func(today int) error {
			if today >= most {
				return full
			}
			return nil
		})
		return err
	}
	failed := expect.Rivals(n, func(i int) error { return report(i, s.now) })
	s.Same("refused", n-most, len(failed))
	s.Same("cases", most, len(expect.OK(s.Cases(s.Context(), moderation.Filter{}, "", 100))(s)))
	well := func(at time.Time) (done int) {
		for i := range n {
			if report(i, at) == nil {
				done++
			}
		}
		return done
	}
	s.Same("again, of what is there", most, well(s.now))
	s.Same("a day later, with as many new ones", 2*most, well(s.now.Add(moderation.Day+time.Second)))
}

// events open one case each, however often they come, and none beside one that is open.
func (s *suite) events() {
	c := s.fresh(moderation.Contested, "plc_1")
	c.Event = "evt_1"
	open := func(c moderation.Case) {
		s.Helper()
		if err := s.Open(s.Context(), c); err != nil {
			s.Fatal(err)
		}
	}
	open(c)
	s.Same("the case", c, expect.OK(s.Case(s.Context(), c.ID))(s))
	beside := s.fresh(moderation.Contested, "plc_1")
	beside.Event = "evt_2"
	open(beside)
	all := func() int { return len(expect.OK(s.Cases(s.Context(), moderation.Filter{}, "", 10))(s)) }
	s.Same("beside one that is open", 1, all())
	expect.OK(s.decide(c.ID, moderation.Clear))(s)
	late := s.fresh(moderation.Contested, "plc_1")
	late.Event = "evt_1"
	open(late)
	s.Same("the event comes again, late", 1, all())
	late.Event = "evt_3"
	open(late)
	s.Same("another event, after the decision", 2, all())
}

func (s *suite) lists() {
	var ids []moderation.CaseID
	for i, k := range []moderation.Kind{moderation.Burst, moderation.Contested, moderation.Burst} {
		c := s.fresh(k, fmt.Sprintf("plc_%d", i))
		if err := s.Open(s.Context(), c); err != nil {
			s.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	expect.OK(s.decide(ids[2], moderation.Dismiss))(s)
	list := func(f moderation.Filter, after moderation.CaseID, limit int) (found []moderation.CaseID) {
		for _, c := range expect.OK(s.Cases(s.Context(), f, after, limit))(s) {
			found = append(found, c.ID)
		}
		return found
	}
	s.Same("all", ids, list(moderation.Filter{}, "", 10))
	s.Same("a page", ids[1:2], list(moderation.Filter{}, ids[0], 1))
	s.Same("open", ids[:2], list(moderation.Filter{State: moderation.Open}, "", 10))
	s.Same("bursts", []moderation.CaseID{ids[0], ids[2]}, list(moderation.Filter{Kind: moderation.Burst}, "", 10))
	s.Same("decided bursts", ids[2:], list(moderation.Filter{State: moderation.Decided, Kind: moderation.Burst}, "", 10))
	_, err := s.Case(s.Context(), "cas_0")
	s.Refused("no case", err, moderation.ErrNotFound)
}

// decisions are all kept; the last one is the case's.
func (s *suite) decisions() {
	c := s.fresh(moderation.Contested, "plc_1")
	if err := s.Open(s.Context(), c); err != nil {
		s.Fatal(err)
	}
	for _, action := range []moderation.Action{moderation.Hide, moderation.Restore} {
		got := expect.OK(s.decide(c.ID, action))(s)
		s.Same("state", moderation.Decided, got.State)
		s.Same("last", moderation.Decision{Action: action, Reason: "因为", By: "usr_2", At: s.now.Add(time.Hour)}, got.Last)
		s.Same("as it is read", got, expect.OK(s.Case(s.Context(), c.ID))(s))
	}
	all := expect.OK(s.Decisions(s.Context(), c.ID, 10))(s)
	if len(all) != 2 || all[0].Action != moderation.Restore || all[1].Action != moderation.Hide || all[1].Into != "plc_2" ||
		!all[1].Since.Equal(s.now) {
		s.Errorf("decisions: %+v", all)
	}
	_, err := s.decide("cas_0", moderation.Hide)
	s.Refused("no case", err, moderation.ErrNotFound)
}
