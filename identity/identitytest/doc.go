// Package identitytest is the contract of identity's ports as tests.
//
//	func TestIdentity(t *testing.T) {
//		identitytest.Store(t, func(t *testing.T) identitytest.Ports { … })
//	}
package identitytest
