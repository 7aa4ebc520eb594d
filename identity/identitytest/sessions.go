package identitytest

import (
	"errors"
	"slices"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

func (s *suite) sessions() {
	v := s.session(s.user().ID)
	s.Same("OpenSession", v, expect.OK(s.open(v, idempotency.Key{}))(s))
	s.Same("what is stored", v, s.stored(v.ID))
	_, err := s.Store.OpenedWith(s.Context(), s.key("o", "t", 1))
	s.Refused("OpenedWith a key that nobody used", err, identity.ErrTokenInvalid)
	_, err = s.Store.UpdateSession(s.Context(), "ses_0", func(*identity.Session) error {
		s.Error("change was called for a session that is not there")
		return nil
	})
	s.Refused("UpdateSession of an unknown id", err, identity.ErrTokenInvalid)
	if _, err := s.open(s.session("usr_0"), s.key("o", "k", 1)); err == nil {
		s.Error("a session of nobody was opened, want an error")
	}
	_, err = s.Store.OpenedWith(s.Context(), s.key("o", "k", 1))
	s.Refused("OpenedWith the key of a call that failed", err, identity.ErrTokenInvalid)
}

func (s *suite) sessionKeys() {
	user := s.user().ID
	const n = 20
	var got [n]identity.Session
	key := s.key("owner", "t", 1)
	if failed := expect.Rivals(n, func(i int) (err error) {
		got[i], err = s.open(s.session(user), key)
		return err
	}); len(failed) > 0 {
		s.Fatalf("%d of %d calls with one key failed, want none: %v", len(failed), n, failed[0])
	}
	for i := range got {
		if got[i] != got[0] {
			s.Errorf("call %d with one key got %+v, want %+v as the first", i, got[i], got[0])
		}
	}
	s.Same("OpenedWith", got[0], expect.OK(s.Store.OpenedWith(s.Context(), key))(s))
	_, err := s.open(s.session(user), s.key("owner", "t", 2))
	s.Refused("other input under the key", err, idempotency.ErrReused)
	_, err = s.Store.OpenedWith(s.Context(), s.key("owner", "t", 2))
	s.Refused("OpenedWith other input", err, idempotency.ErrReused)
	_, err = s.Store.OpenedWith(s.Context(), s.key("other", "t", 1))
	s.Refused("OpenedWith another owner's key", err, identity.ErrTokenInvalid)
	if other := expect.OK(s.open(s.session(user), s.key("other", "t", 1)))(s); other.ID == got[0].ID {
		s.Error("another owner's key gave the same session")
	}
}

func (s *suite) sessionUpdate() {
	v := expect.OK(s.open(s.session(s.user().ID), idempotency.Key{}))(s)
	no := errors.New("no")
	_, err := s.Store.UpdateSession(s.Context(), v.ID, func(w *identity.Session) error {
		w.Generation = 99
		return no
	})
	s.Refused("change fails", err, no)
	s.Same("the session after change failed", v, s.stored(v.ID))
	want := v
	want.Generation, want.RotatedAt, want.ExpiresAt, want.EndedAt = 2, s.now.Add(time.Minute), s.now.Add(time.Hour*24), s.now.Add(time.Second)
	got := expect.OK(s.Store.UpdateSession(s.Context(), v.ID, func(w *identity.Session) error {
		s.Same("what change is shown", v, *w)
		*w = want
		return nil
	}))(s)
	s.Same("UpdateSession", want, got)
	s.Same("what is stored", want, s.stored(v.ID))
}

// sessionRivals see each other's result: nobody's step is lost.
func (s *suite) sessionRivals() {
	v := expect.OK(s.open(s.session(s.user().ID), idempotency.Key{}))(s)
	const n = 50
	got := make([]int64, n)
	if failed := expect.Rivals(n, func(i int) error {
		w, err := s.Store.UpdateSession(s.Context(), v.ID, func(w *identity.Session) error {
			w.Generation++
			return nil
		})
		got[i] = w.Generation
		return err
	}); len(failed) > 0 {
		s.Errorf("%d of %d rivals failed, want none: %v", len(failed), n, failed[0])
	}
	slices.Sort(got)
	for i, g := range got {
		if g != int64(i)+2 {
			s.Fatalf("generations are %v, want 2 to %d, each once", got, n+1)
		}
	}
}

// endRivals: one that ends the session and many that go on; who comes after the end
// sees it, and nothing brings the session back.
func (s *suite) endRivals() {
	v := expect.OK(s.open(s.session(s.user().ID), idempotency.Key{}))(s)
	ended := s.now.Add(time.Second)
	after := errors.New("it has ended")
	for _, err := range expect.Rivals(20, func(i int) error {
		_, err := s.Store.UpdateSession(s.Context(), v.ID, func(w *identity.Session) error {
			switch {
			case !w.EndedAt.IsZero():
				return after
			case i == 10:
				w.EndedAt = ended
			default:
				w.Generation++
			}
			return nil
		})
		return err
	}) {
		s.Refused("a rival", err, after)
	}
	if got := s.stored(v.ID); !got.EndedAt.Equal(ended) {
		s.Errorf("the session ended at %v, want %v", got.EndedAt, ended)
	}
}

// sessionEvents: a session that is opened tells it, once; a repeat, a refusal and a refresh tell nothing.
func (s *suite) sessionEvents() {
	user := s.user().ID
	v, key := s.session(user), s.key("owner", "t", 1)
	_ = expect.OK(s.open(v, key))(s)
	_ = expect.OK(s.open(s.session(user), key))(s)
	if _, err := s.open(s.session("usr_0"), idempotency.Key{}); err == nil {
		s.Error("a session of nobody was opened, want an error")
	}
	_ = expect.OK(
		s.Store.UpdateSession(s.Context(), v.ID, func(v *identity.Session) error { v.RotatedAt = s.now.Add(time.Hour); return nil }),
	)(
		s,
	)
	due := expect.OK(s.Outbox.Lease(s.Context(), consumer, s.now.Add(time.Hour), 10, time.Minute))(s)
	if len(due) != 1 {
		s.Fatalf("%d events, want one: %+v", len(due), due)
	}
	want := opened(v)
	want.ID = due[0].ID
	s.Same("the event", want, due[0].Event)
}
