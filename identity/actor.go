package identity

import "time"

// UserID names a person: "usr_…".
type UserID string

// MerchantID names a business, which people act for in a Role: "mer_…".
type MerchantID string

// Actor is who does something, and an explicit argument of every method that
// needs a right. The zero Actor is anybody: nobody has signed in.
type Actor struct {
	User    UserID
	Session SessionID // the sign-in that speaks for the user, "" if none does
	Roles   map[MerchantID]Role
	Limits  map[MerchantID]Branches // of roles that hold at some places only
	// Suspended is somebody who may do nothing but see, export and delete their own account.
	Suspended bool
	Operator  bool      // of this server
	Factor    bool      // has a second factor
	FactorAt  time.Time // when the session last showed it
}

// Known reports whether we know who acts.
func (a Actor) Known() bool { return a.User != "" }

// May reports whether the actor has a capability at a place of a merchant, which is whose the place is now. Nobody may
// do anything for no merchant: an unclaimed place has no staff.
func (a Actor) May(c Capability, m MerchantID, place PlaceID) bool {
	return m != "" && a.Roles[m].May(c) && a.Limits[m].Has(place)
}

// MayAll reports whether the actor has a capability for the whole of a merchant, wherever.
func (a Actor) MayAll(c Capability, m MerchantID) bool {
	return m != "" && a.Roles[m].May(c) && !a.Limits[m].Limited
}

// WorksFor reports whether the actor has any role with the merchant, at whatever places.
func (a Actor) WorksFor(m MerchantID) bool { return m != "" && a.Roles[m] != 0 }

// SeesMerchant reports whether the actor may read what all people of the merchant may, whatever their role, and
// operators.
func (a Actor) SeesMerchant(m MerchantID) bool { return a.Operator || a.WorksFor(m) }

// Sees reports whether the actor may read what the merchant shows to those of its people who have a capability at
// the place: they may, and so may operators. Operators have no right to change it.
func (a Actor) Sees(c Capability, m MerchantID, place PlaceID) bool {
	return a.Operator || a.May(c, m, place)
}

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
