package identity

import (
	"context"
	"time"

	"corner/once"
)

// Store keeps people, their sessions and their roles.
type Store interface {
	// Enter finds the user with that phone number, or makes fresh one with it.
	Enter(ctx context.Context, fresh User) (User, error)
	// OpenSession stores s under key; a repeat of key returns the session that the
	// first call stored. Other input under the same key is once.ErrReused.
	OpenSession(ctx context.Context, s Session, key once.Key) (Session, error)
	// OpenedWith is the session stored under key, ErrTokenInvalid if none.
	OpenedWith(ctx context.Context, key once.Key) (Session, error)
	// UpdateSession loads a session, lets change change it, and saves it unless
	// change fails; rivals see each other's result. ErrTokenInvalid if none.
	UpdateSession(ctx context.Context, id SessionID, change func(*Session) error) (Session, error)
	// Roles is what a person may do, for each merchant.
	Roles(ctx context.Context, id UserID) (map[MerchantID]Role, error)
}

// Roster keeps who works for a merchant.
type Roster interface {
	// SetRole gives user that role with the merchant, or takes it away with role 0
	// (ErrStaffNotFound if there is none). A change that would leave the merchant
	// without an owner is ErrLastOwner, rivals or not.
	// A repeat of key changes nothing.
	SetRole(ctx context.Context, m MerchantID, user UserID, role Role, now time.Time, key once.Key) error
	// Staff is everyone with a role, by user id; at most limit after the given one.
	Staff(ctx context.Context, m MerchantID, after UserID, limit int) ([]Staff, error)
}

// User is a person.
type User struct {
	ID        UserID
	Phone     string // E.164
	CreatedAt time.Time
}

// Staff is one person's role with a merchant.
type Staff struct {
	User  UserID
	Phone string // E.164
	Role  Role
	Since time.Time
}

// SessionID names a sign-in: "ses_…".
type SessionID string

// Session is one sign-in on one device.
type Session struct {
	ID         SessionID
	User       UserID
	Generation int64 // the number of the newest refresh token
	RotatedAt  time.Time
	ExpiresAt  time.Time
	EndedAt    time.Time // zero while it lives
	CreatedAt  time.Time
}
