// Package identitytest is the contract of identity.Store and identity.Roster as tests.
//
//	func TestIdentity(t *testing.T) {
//		identitytest.Store(t, func(t *testing.T) identitytest.Ports { … })
//	}
package identitytest
