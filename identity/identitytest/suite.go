package identitytest

import (
	"testing"
	"time"

	"corner/event"
	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
	"corner/uid"
)

const consumer event.Consumer = "identitytest"

// Routes tells the suite of what happens.
var Routes = event.Routes{identity.SessionOpened: {consumer}}

// Ports are one fresh, empty database.
type Ports struct {
	Store       identity.Store
	Roster      identity.Roster
	Invitations identity.Invitations
	Operators   identity.Operators
	Factors     identity.Factors
	Looks       identity.Looks
	Outbox      event.Outbox // with Routes
	// Merchant registers a business of the owner's, as the catalogue does.
	Merchant func(t *testing.T, owner identity.UserID) identity.MerchantID
	// Place registers a place of a merchant's, and Leave takes it from the merchant.
	Place func(t *testing.T, m identity.MerchantID) identity.PlaceID
	Leave func(t *testing.T, id identity.PlaceID)
}

// Store tests that what open gives keeps the contracts of identity.Store,
// identity.Roster, identity.Invitations, identity.Operators, identity.Factors and
// identity.Looks. Each call of open gives an empty database of its own. The subtests run in parallel.
func Store(t *testing.T, open func(t *testing.T) Ports) {
	t.Helper()
	for name, test := range map[string]func(*suite){
		"Enter":             (*suite).enter,
		"EnterRivals":       (*suite).enterRivals,
		"EnterAnew":         (*suite).enterAnew,
		"EnterAnewRivals":   (*suite).enterAnewRivals,
		"ChangePhone":       (*suite).changePhone,
		"ChangePhoneRivals": (*suite).changePhoneRivals,
		"Seen":              (*suite).seen,
		"UpdateUser":        (*suite).updateUser,
		"SessionEvents":     (*suite).sessionEvents,
		"Sessions":          (*suite).sessions,
		"SessionKeys":       (*suite).sessionKeys,
		"SessionUpdate":     (*suite).sessionUpdate,
		"SessionRivals":     (*suite).sessionRivals,
		"EndRivals":         (*suite).endRivals,
		"Devices":           (*suite).devices,
		"DeviceRivals":      (*suite).deviceRivals,
		"Live":              (*suite).live,
		"EndSessions":       (*suite).endSessions,
		"Speaker":           (*suite).speaker,
		"Roles":             (*suite).roles,
		"Staff":             (*suite).staff,
		"Branches":          (*suite).branches,
		"InvitedToBranches": (*suite).invitedToBranches,
		"LastOwner":         (*suite).lastOwner,
		"OwnerRivals":       (*suite).ownerRivals,
		"Invite":            (*suite).invite,
		"InviteKeys":        (*suite).inviteKeys,
		"InviteAgain":       (*suite).inviteAgain,
		"InviteStaff":       (*suite).inviteStaff,
		"InviteCounts":      (*suite).inviteCounts,
		"Acceptance":        (*suite).acceptance,
		"AnswerRivals":      (*suite).answerRivals,
		"InvitationLists":   (*suite).invitationLists,
		"InviterLeaves":     (*suite).inviterLeaves,
		"Suspension":        (*suite).suspension,
		"Operators":         (*suite).operators,
		"Factors":           (*suite).factors,
		"FactorRivals":      (*suite).factorRivals,
		"SealedOtherwise":   (*suite).sealedOtherwise,
		"Looks":             (*suite).looks,
		"InvitationHolders": (*suite).invitationHolders,
		"LookRivals":        (*suite).lookRivals,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&suite{Test: expect.Test{T: t}, Ports: open(t), now: time.Now().UTC().Truncate(time.Microsecond)})
		})
	}
}

type suite struct {
	expect.Test
	Ports
	now time.Time
}

// user enters somebody new.
func (s *suite) user() identity.User {
	s.Helper()
	id := uid.New("usr", s.now)
	return expect.OK(s.Store.Enter(s.Context(), identity.User{ID: identity.UserID(id), Phone: "+" + id, CreatedAt: s.now}))(s)
}

// session is a fresh one of the user's, not stored yet.
func (s *suite) session(user identity.UserID) identity.Session {
	return identity.Session{
		ID: identity.SessionID(uid.New("ses", s.now)), User: user, Generation: 1,
		RotatedAt: s.now.Add(time.Microsecond), ExpiresAt: s.now.Add(time.Hour), CreatedAt: s.now,
	}
}

func (s *suite) open(v identity.Session, key idempotency.Key) (identity.Session, error) {
	return s.Store.OpenSession(s.Context(), v, "+"+string(v.User), key, opened(v))
}

// opened is the event of a session.
func opened(v identity.Session) event.Event {
	return event.New(identity.SessionOpened, string(v.ID), "", string(v.User), v.CreatedAt).About("", string(v.User))
}

// stored is the session as it is in the database.
func (s *suite) stored(id identity.SessionID) identity.Session {
	s.Helper()
	return expect.OK(s.Store.UpdateSession(s.Context(), id, func(*identity.Session) error { return nil }))(s)
}

func (s *suite) key(owner, token string, input any) idempotency.Key {
	s.Helper()
	return expect.OK(idempotency.New(owner, token, "tokens.create", input))(s)
}
