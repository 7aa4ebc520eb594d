// Package discoverytest is the contract of discovery.Index as tests, and believable
// listings to run them on.
//
//	func TestIndex(t *testing.T) {
//		discoverytest.Index(t, func(t *testing.T) discovery.Index { … }, discoverytest.Options{})
//		discoverytest.Truth(t, ix)
//	}
//
// What an index should have answered is worked out here from the values alone
// (geo.Distance, discovery.TermsOf, discovery.Relevance, catalog.Hours.OpenAt), by
// looking at every listing, so that no index is its own witness. An engine that
// measures on a sphere says in Options how far its relevances may be off; sets, counts
// and distances are held exactly.
package discoverytest
