// Package bookingtest is the contract of booking.Store, as a test that every
// implementation runs:
//
//	bookingtest.Store(t, func(t *testing.T) bookingtest.World { … })
//
// Words: World: the stores of one database. Shop: a place in it with one service,
// always open, whose times never matter to what is tested. Watcher: the consumer to
// which the world's outbox hands every event, so that a test sees what was told.
//
// Each part makes the shops and people it needs, and looks at time through a clock
// of its own: nothing waits, and two clocks may disagree.
package bookingtest
