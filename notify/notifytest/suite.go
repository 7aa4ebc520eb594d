package notifytest

import (
	"testing"
	"time"

	"corner/event"
	"corner/identity"
	"corner/internal/expect"
	"corner/notify"
	"corner/uid"
)

// Ports are one fresh, empty database, and people in it.
type Ports struct {
	Store notify.Store
	User  func(t *testing.T) identity.UserID
}

// Store tests that what open gives keeps the contract of notify.Store.
func Store(t *testing.T, open func(t *testing.T) Ports) {
	t.Helper()
	for name, test := range map[string]func(*suite){"Once": (*suite).once, "Pages": (*suite).pages, "Read": (*suite).read} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{Test: expect.Test{T: t}, Ports: open(t), now: time.Now().UTC().Truncate(time.Microsecond)})
		})
	}
}

type suite struct {
	expect.Test
	Ports

	now  time.Time
	made int
}

func (s *suite) notice(u identity.UserID, e string) notify.Notice {
	s.made++
	at := s.now.Add(time.Duration(s.made) * time.Second)
	return notify.Notice{
		ID: notify.ID(uid.New("ntc", at)), User: u, Event: event.ID(e), Kind: notify.Decided, Subject: "rev_1", Place: "plc_1",
		PlaceName: "老王 'quoted'", Detail: "hide\n假", CreatedAt: at,
	}
}

func (s *suite) add(list ...notify.Notice) {
	s.Helper()
	if err := s.Store.Add(s.Context(), list); err != nil {
		s.Fatal(err)
	}
}

func (s *suite) list(u identity.UserID, before notify.ID, limit int) []notify.Notice {
	s.Helper()
	return expect.OK(s.Store.Notices(s.Context(), u, before, limit))(s)
}

// once: an event that comes again, to whichever instance, tells nobody twice.
func (s *suite) once() {
	u, other := s.User(s.T), s.User(s.T)
	first, second, theirs := s.notice(u, "evt_1"), s.notice(u, "evt_2"), s.notice(other, "evt_1")
	s.add(first, theirs)
	s.add(s.notice(u, "evt_1"), second, s.notice(other, "evt_1"))
	s.Same("notices", []notify.Notice{second, first}, s.list(u, "", 10))
	s.Same("somebody else's", []notify.Notice{theirs}, s.list(other, "", 10))
	const n = 10
	if failed := expect.Rivals(n, func(int) error {
		v := theirs
		v.ID, v.Event = notify.ID(uid.New("ntc", s.now)), "evt_3"
		return s.Store.Add(s.Context(), []notify.Notice{v})
	}); len(failed) > 0 {
		s.Fatalf("%d of %d rivals failed: %v", len(failed), n, failed[0])
	}
	s.Same("after rivals", 2, len(s.list(other, "", 10)))
}

func (s *suite) pages() {
	u := s.User(s.T)
	var all []notify.Notice
	for range 5 {
		n := s.notice(u, "evt_"+uid.New("x", s.now))
		all = append([]notify.Notice{n}, all...)
		s.add(n)
	}
	s.Same("the first page", all[:2], s.list(u, "", 2))
	s.Same("the next", all[2:4], s.list(u, all[1].ID, 2))
	s.Same("the last", all[4:], s.list(u, all[3].ID, 2))
}

func (s *suite) read() {
	u, other := s.User(s.T), s.User(s.T)
	list := []notify.Notice{s.notice(u, "evt_1"), s.notice(u, "evt_2"), s.notice(u, "evt_3"), s.notice(other, "evt_1")}
	s.add(list...)
	unread := func(u identity.UserID) int { return expect.OK(s.Store.Unread(s.Context(), u))(s) }
	s.Same("unread", 3, unread(u))
	for range 2 {
		if err := s.Store.Read(s.Context(), u, list[1].ID, s.now.Add(time.Hour)); err != nil {
			s.Fatal(err)
		}
		s.Same("unread after two", 1, unread(u))
	}
	s.Same("somebody else's", 1, unread(other))
	got := s.list(u, "", 10)
	s.Same("read at", []bool{true, false, false}, []bool{got[0].ReadAt.IsZero(), got[1].ReadAt.IsZero(), got[2].ReadAt.IsZero()})
}
