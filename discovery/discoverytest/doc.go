// Package discoverytest is the contract of discovery.Index as tests, and believable
// listings to run them on.
//
//	func TestIndex(t *testing.T) {
//		discoverytest.Index(t, func(t *testing.T) discovery.Index { … }, discoverytest.Options{})
//		discoverytest.Truth(t, ix)
//	}
//
// What an index should have answered is worked out here from the values alone
// (geo.Distance, discovery.TermsOf, catalog.Hours.OpenAt), by looking at every
// listing, so that no index is its own witness.
package discoverytest
