package identity

import (
	"errors"
	"time"

	"corner/event"
)

// SessionOpened says that somebody has signed in, which the other devices are to learn: its subject is the session, its
// user whose it is. A refresh is none, nor a repeat.
const SessionOpened event.Kind = "session.opened"

// SessionID names a sign-in: "ses_…".
type SessionID string

// Session is one sign-in on one device.
type Session struct {
	ID         SessionID
	User       UserID
	Device     Device
	Generation int64     // the number of the newest refresh token
	RotatedAt  time.Time // when that one was made, so about when the device was last used
	ExpiresAt  time.Time
	EndedAt    time.Time // zero while it lives
	FactorAt   time.Time // when it last showed the second factor; zero if it never did
	CreatedAt  time.Time
}

// errEnd tells Refresh that the session was ended, which must be saved.
var errEnd = errors.New("refresh token used again")

// rotate moves the session on to its next refresh token, when token number n is
// shown.
func (s *Session) rotate(n int64, now time.Time) error {
	switch {
	case !s.EndedAt.IsZero() || !now.Before(s.ExpiresAt):
		return ErrTokenInvalid
	case n == s.Generation:
		s.Generation++
		s.RotatedAt, s.ExpiresAt = now, now.Add(SessionFor)
		if end := s.CreatedAt.Add(SessionMax); s.ExpiresAt.After(end) {
			s.ExpiresAt = end
		}
		return nil
	case n == s.Generation-1 && now.Sub(s.RotatedAt) < RepeatFor:
		return nil // the answer was lost: the same token again
	default:
		s.EndedAt = now
		return errEnd
	}
}

// end revokes the session; one that has ended stays as it is.
func (s *Session) end(now time.Time) {
	if s.EndedAt.IsZero() {
		s.EndedAt = now
	}
}
