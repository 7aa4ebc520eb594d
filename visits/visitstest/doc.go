// Package visitstest is the contract of visits.Store, as a test that every
// implementation runs on real bookings:
//
//	visitstest.Store(t, func(t *testing.T) visitstest.World { … })
//
// Words: World: the stores of one database, those of bookingtest and the visits.
package visitstest
