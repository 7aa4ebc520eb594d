package identity

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
	User  UserID
	Roles map[MerchantID]Role
}

// Known reports whether we know who acts.
func (a Actor) Known() bool { return a.User != "" }

// Is reports whether the actor has at least that role with the merchant. Nobody
// has a role with no merchant: an unclaimed place has no staff.
func (a Actor) Is(role Role, m MerchantID) bool { return m != "" && a.Roles[m] >= role }

// Require is ErrUnauthenticated unless we know who acts.
func (a Actor) Require() error {
	if !a.Known() {
		return ErrUnauthenticated
	}
	return nil
}
