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
// the engine answers. Horizon: the best that the engine may still be hiding.
//
// The engine proposes and the domain disposes. Elasticsearch measures on a sphere,
// at points rounded to a centimetre, and knows no daylight saving. So it is asked for
// a little more than was wanted, in nearly the wanted order; exact distances, the
// exact order and who is open are then decided here, with geo.Ruler,
// discovery.Sort and catalog.Hours, on the listings that the engine keeps whole.
// Candidates are fetched until the horizon (see stretch) lies behind the page.
//
// Laws:
//   - A cursor is a discovery.Mark and nothing else: no state is kept in the engine
//     between pages, and each page is computed by itself.
//   - Documents are written with their listing's Version as external version, so an
//     older reading is refused by the engine. A place that is not to be found any
//     more stays as a document that says so: Elasticsearch forgets the versions
//     of deleted documents after a minute.
//   - Nothing here ever creates an index but Rebuild: every write demands an alias.
//   - What is put while a rebuild runs, by any process, is carried over (carry.go).
//   - Changing mapping.go, document.go, wire.go, discovery.TermsOf, geo.Cells,
//     catalog.Lineage or reviews.Rating.Score calls for a new schema number: a
//     process that finds another number behind the alias says ErrIndexMissing, and
//     is rebuilt.
package esindex
