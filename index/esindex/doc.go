// Package esindex is discovery.Index on Elasticsearch 8.
//
//	x, err := esindex.Open("http://127.0.0.1:9200", esindex.Options{})
//	defer x.Close()
//	if err := x.Ready(ctx); errors.Is(err, discovery.ErrIndexMissing) {
//		err = x.Rebuild(ctx, fill)
//	}
//
// Words. Alias: the one name that searches and writes go to, "corner-places".
// Physical index: what the alias points at, "corner-places-20260131120000-1f2e3d4c";
// every rebuild makes a new one and moves the alias in one step. Candidate: what
// the engine answers. Sure: a candidate that is a hit beyond doubt. Horizon: the best
// that the engine may still be hiding. Pin: a state that the engine keeps for later pages.
//
// The engine proposes and the domain disposes. Elasticsearch measures on a sphere,
// at points rounded to a centimetre, scores in 32 bits, and knows no daylight saving. So
// it is asked for a little more than was wanted, in nearly the wanted order; exact
// distances, relevances, the exact order and who is open are then decided here (judge.go), on
// the listings that the engine keeps whole. Candidates are fetched until the horizon (see
// stretch, measure and order) lies behind the page: a quarter more than the page and eight is
// nearly always enough.
//
// Counts are the engine's, of what is sure; what is not comes along, is judged here and
// added. Scripts and ranges make it next to nothing: places within a millimetre of the
// radius, or a part in 100,000 of how far a service is brought; hours that join, where it is
// asked for a time; and zones that no search of this process has met, in the first ten
// seconds. A hundred of these come in the same call; more are fetched in calls of 2,000, without
// a bound but the caller's deadline. Brands are counted exactly up to 10,000 in one
// answer.
//
// Calls: a search is one; a first page with more to come opens a pin with another, and the
// last one closes it with another. Clusters are one, and another where places stand alone, and
// one more at a pole. Every ten seconds one looks whether the index is still ours.
//
// Laws:
//   - A cursor is a discovery.Mark: each page is computed by itself, and a pin only says
//     from which state. Where the engine has forgotten it (two minutes, a restart, a
//     rebuild), the page is of the present, and has a new pin. Between a first page and its
//     pin is a moment: what becomes visible in it shows from the second page on.
//   - Documents are written with their listing's Version as external version, so an
//     older reading is refused by the engine. A place that is not to be found any
//     more stays as a document that says so: Elasticsearch forgets the versions
//     of deleted documents after a minute.
//   - Nothing here ever creates an index but Rebuild: every write demands an alias.
//   - What is put while a rebuild runs, by any process, is carried over (carry.go).
//   - Changing mapping.go, document.go, wire.go, hours.go, prices.go, discovery.TermsOf,
//     geo.CellAt, catalog.Tree.Lineage, reviews.Rating.Score or Tenths calls for a new schema
//     number: a process that finds another number behind the alias says ErrIndexMissing,
//     and is rebuilt. TestSchema sees such a change where the listings of its samples show it.
package esindex
