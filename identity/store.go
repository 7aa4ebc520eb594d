package identity

import (
	"context"
	"time"

	"corner/event"
	"corner/idempotency"
)

// Store keeps people and their sessions.
type Store interface {
	People
	Sessions
}

// People keeps who there is.
type People interface {
	// Enter finds the user with that phone number, or makes fresh one with it.
	Enter(ctx context.Context, fresh User) (User, error)
	// EnterAnew is Enter for who has shown that the number is theirs. When somebody has it, anew is asked, rivals or not,
	// whether fresh gets it nevertheless; that one has no number from then on, no session and no operator's right, and
	// keeps all else. Its refusal is returned.
	EnterAnew(ctx context.Context, fresh User, anew func(*User) (bool, error)) (User, error)
	// User is one person; ErrUserNotFound if there is none.
	User(ctx context.Context, id UserID) (User, error)
	// UserWith is the person with that phone number; ErrUserNotFound if there is none.
	UserWith(ctx context.Context, phone string) (User, error)
	// UpdateUser loads a person, lets change change the profile, and saves it with the next version
	// unless change fails or leaves it as it was; rivals see each other's result. ErrUserNotFound if
	// there is none.
	UpdateUser(ctx context.Context, id UserID, change func(*User) error) (User, error)
	// SuspendUser suspends a person at the event's time, or lifts that, with the event; as it is already
	// it stays, and nothing is told. ErrUserNotFound, or ErrSuspendsOperator for an operator.
	SuspendUser(ctx context.Context, id UserID, on bool, e event.Event) error
	// ChangePhone gives a person another number, and forgets what was planned, if own agrees to how the person is. Somebody
	// else who has the number loses it, as in EnterAnew, if free agrees, and otherwise it is ErrPhoneTaken; rivals see each
	// other's result. ErrUserNotFound if there is no such person.
	ChangePhone(
		ctx context.Context, id UserID, phone string, now time.Time, own func(*User) error, free func(*User) bool,
	) (User, error)
	// PlanPhone keeps the number that a person moves to, in place of another, or with the zero Move none.
	PlanPhone(ctx context.Context, id UserID, m Move) (User, error)
	// DuePhones is at most limit people whose move is due at now.
	DuePhones(ctx context.Context, now time.Time, limit int) ([]User, error)
	// Roles is what a person may do, for each merchant.
	Roles(ctx context.Context, id UserID) (map[MerchantID]Role, error)
}

// Sessions keeps who has signed in, and on what.
type Sessions interface {
	// OpenSession stores s under key, with its event, if the phone is the user's still (else ErrCodeInvalid), and ends
	// the user's other sessions on the same device, if s names one. A repeat of key returns the session that the
	// first call stored, ends none and tells nothing. Other input under the same key is idempotency.ErrReused.
	OpenSession(ctx context.Context, s Session, phone string, key idempotency.Key, e event.Event) (Session, error)
	// OpenedWith is the session stored under key, ErrTokenInvalid if none.
	OpenedWith(ctx context.Context, key idempotency.Key) (Session, error)
	// UpdateSession loads a session, lets change change it, and saves it unless
	// change fails; rivals see each other's result. ErrTokenInvalid if none. When it is refreshed, its user was seen.
	UpdateSession(ctx context.Context, id SessionID, change func(*Session) error) (Session, error)
	// ActorOf is who a session speaks for, with all rights, in one reading;
	// ErrTokenInvalid if there is no such session or it has ended.
	ActorOf(ctx context.Context, id SessionID) (Actor, error)
	// Live is the user's sessions that have neither ended nor run out at now, newest
	// first, at most limit before the given one ("": from the newest).
	Live(ctx context.Context, user UserID, now time.Time, before SessionID, limit int) ([]Session, error)
	// EndSessions ends, at now, all sessions of the user that live, but for spare.
	EndSessions(ctx context.Context, user UserID, spare SessionID, now time.Time) error
}

// Roster keeps who works for a merchant.
type Roster interface {
	// ChangeRole makes the change, if admit agrees to how many owners the merchant has
	// after it, rivals or not; ErrStaffNotFound if the user has no role there.
	ChangeRole(ctx context.Context, c RoleChange, admit func(owners int) error) error
	// PlacesAmong is those of the ids that are places of the merchant.
	PlacesAmong(ctx context.Context, m MerchantID, ids []PlaceID) ([]PlaceID, error)
	// Staff is everyone with a role, by user id; at most limit after the given one.
	Staff(ctx context.Context, m MerchantID, after UserID, limit int) ([]Staff, error)
}

// Invitations keeps who was asked to work for a merchant.
type Invitations interface {
	// Invite stores an open invitation, and withdraws an older one that is open for the
	// same phone with the same merchant, if admit agrees to what was sent in the Day
	// before. It returns the invitation with the merchant's name. ErrMerchantNotFound if
	// there is no such merchant. A repeat of key returns what the first call stored, as
	// it is now, without asking admit.
	Invite(ctx context.Context, v Invitation, key idempotency.Key, admit func(Sent) error) (Invitation, error)
	// UpdateInvitation loads an invitation, lets change change it, and saves it unless
	// change fails; rivals see each other's result. When change makes it accepted, its
	// User has its Role in the same transaction, if admit agrees to how many owners the
	// merchant has then. ErrInvitationNotFound if none.
	UpdateInvitation(
		ctx context.Context, id InvitationID, change func(*Invitation) error, admit func(owners int) error,
	) (Invitation, error)
	// InvitationsTo is the open ones for a phone that have not run out at now, newest
	// first, at most limit before the given one ("": from the newest).
	InvitationsTo(ctx context.Context, phone string, now time.Time, before InvitationID, limit int) ([]Invitation, error)
	// InvitationsOf is those of a merchant, whatever came of them, newest first, at most
	// limit before the given one ("": from the newest).
	InvitationsOf(ctx context.Context, m MerchantID, before InvitationID, limit int) ([]Invitation, error)
}

// Operators keeps who runs this server.
type Operators interface {
	// SetOperator makes user an operator, or with on false no operator any more
	// (ErrOperatorNotFound if he was none). Making one again changes nothing.
	SetOperator(ctx context.Context, user UserID, on bool, now time.Time) error
	// Operators is all of them, by phone number.
	Operators(ctx context.Context) ([]Operator, error)
}

// Factors keeps people's second factors.
type Factors interface {
	// BeginFactor stores f in place of one that is not on; ErrFactorOn if one is.
	BeginFactor(ctx context.Context, f Factor) error
	// UpdateFactor loads a person's factor, lets change change it, and saves it unless change fails, or removes it
	// if change says that it is gone; rivals see each other's result. ErrFactorNotFound if none.
	UpdateFactor(ctx context.Context, user UserID, change func(*Factor) error) (Factor, error)
	// SealedOtherwise is people whose factor is not sealed by that key, by id; at most limit after the given one.
	SealedOtherwise(ctx context.Context, by string, after UserID, limit int) ([]UserID, error)
}

// User is a person.
type User struct {
	ID    UserID
	Phone string // E.164; "" for who has lost the number to somebody else
	Profile
	Version   int64     // of the profile, from 1
	Factor    bool      // a second factor is on
	Move      Move      // to another number, which waits
	SeenAt    time.Time // of the last sign-in or refresh, to a Day
	CreatedAt time.Time
}

// Staff is one person's role with a merchant.
type Staff struct {
	User  UserID
	Phone string // as of User
	Role  Role
	// Branches is where the role holds, of the places that the merchant has now.
	Branches Branches
	Since    time.Time
}

// RoleChange changes or removes the role that a user has with a merchant.
type RoleChange struct {
	Merchant MerchantID
	User     UserID
	Role     Role // 0: none
	Branches Branches
	// Withdraw takes back the open invitations of the merchant that the user made.
	Withdraw bool
	At       time.Time
}

// Sent is what an invitation is judged by: whether the owner of the phone number works
// there already, and how many invitations were made in the Day before.
type Sent struct {
	Employed                 bool
	Merchant, Inviter, Phone Count
}

// Count is a number of things, and when the oldest of them was made.
type Count struct {
	N      int
	Oldest time.Time // zero if N is 0
}

// Day is what invitations are counted in.
const Day = 24 * time.Hour

// Operator is somebody who runs this server.
type Operator struct {
	User   UserID
	Phone  string // E.164
	Factor bool   // told when one is appointed
	Since  time.Time
}
