package identity

import "time"

// UserID names a person: "usr_…".
type UserID string

// MerchantID names a business, which people act for in a Role: "mer_…".
type MerchantID string

// Role is what a person may do for a merchant. Each role may do all that the
// smaller ones may.
type Role int

// The roles, from small to great.
const (
	Counter Role = iota + 1 // confirms visits
	Manager                 // and edits places and services, and cancels bookings
	Owner                   // and decides who has which role
)

var roleNames = map[Role]string{Counter: "counter", Manager: "manager", Owner: "owner"}

func (r Role) String() string { return roleNames[r] }

func (r Role) known() bool { return roleNames[r] != "" }

// ParseRole reads a role's name.
func ParseRole(name string) (Role, bool) {
	for r, n := range roleNames {
		if n == name {
			return r, true
		}
	}
	return 0, false
}

// Actor is who does something, and an explicit argument of every method that
// needs a right. The zero Actor is anybody: nobody has signed in.
type Actor struct {
	User    UserID
	Session SessionID // the sign-in that speaks for the user, "" if none does
	Roles   map[MerchantID]Role
	// Suspended is somebody who may do nothing but see, export and delete their own account.
	Suspended bool
	Operator  bool      // of this server
	Factor    bool      // has a second factor
	FactorAt  time.Time // when the session last showed it
}

// Known reports whether we know who acts.
func (a Actor) Known() bool { return a.User != "" }

// Is reports whether the actor has at least that role with the merchant. Nobody
// has a role with no merchant: an unclaimed place has no staff.
func (a Actor) Is(role Role, m MerchantID) bool { return m != "" && a.Roles[m] >= role }

// Sees reports whether the actor may read what the merchant shows to its own people: they
// may, and so may operators. Operators have no right to change it.
func (a Actor) Sees(m MerchantID) bool { return a.Operator || a.Is(Counter, m) }

// Require is ErrUnauthenticated unless we know who acts, and ErrSuspended for somebody who is.
func (a Actor) Require() error {
	if err := a.Identify(); err != nil {
		return err
	}
	if a.Suspended {
		return ErrSuspended
	}
	return nil
}

// Identify is ErrUnauthenticated unless we know who acts, suspended or not: for what is everybody's own.
func (a Actor) Identify() error {
	if !a.Known() {
		return ErrUnauthenticated
	}
	return nil
}

// RequireOperator is ErrOperatorsOnly unless the actor is one.
func (a Actor) RequireOperator() error {
	if err := a.Require(); err != nil {
		return err
	}
	if !a.Operator {
		return ErrOperatorsOnly
	}
	return nil
}
