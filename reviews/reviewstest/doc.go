// Package reviewstest is the contract of reviews.Store, as a test that every
// implementation runs on real visits:
//
//	reviewstest.Store(t, func(t *testing.T) reviewstest.World { … })
//
// Words: World: the stores of one database, those of visitstest and the reviews.
package reviewstest
