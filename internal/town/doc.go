// Package town is the town that the demo shows: about 2,000 places of the old town of
// Suzhou, and the life in them, all made up by this program.
//
//	t := town.Make(1)
//	err := t.Settle(ctx, town.Parts{Clock: clock, Catalog: c, …}, progress)
//
// Words: Town: the places, as a directory would list them. Showcase: one place that is
// always there, for examples that work when pasted. Settle: import the places, let
// merchants claim theirs, and let consumers book, visit and review for some weeks.
//
// Laws:
//   - The same seed makes the same town. Its life depends on the seed and the day.
//   - The streets and alleys have real names and lie roughly where they do; every shop
//     is invented. A real one of the same name would be a coincidence. Of four known
//     chains (KFC and the like) there are a name, a spot and hours, and nothing is sold,
//     booked or said of them.
//   - No phone number can be anybody's: see phone.go.
//   - Settle does what apps do, through the façades, and nothing else; the only
//     liberty is a clock that says it is some weeks ago.
package town
