// Package discovery is what a consumer finds.
//
// Words: Listing: one place as a consumer sees it, with its services, hours and
// rating, whole, so that a search needs no second read. Query: what is asked.
// Index: the port that answers it, behind which stand an engine of our own in
// this process (index/memindex) and Elasticsearch (index/esindex). Finder: what a
// consumer's app calls. Projector: keeps the index equal to the database.
//
// Laws:
//   - Every index gives the same answer: the same set, in the same order, page by
//     page. discoverytest holds them to it.
//   - Distance is along the WGS-84 ellipsoid (geo.Distance). H3 cells choose the
//     candidates, the distance decides.
//   - A page's cursor is the sort key of its last hit, so pages neither repeat nor
//     skip a place that stays where it is, whatever else changes meanwhile.
//   - Every listing carries the number of its reading (Version, bumped and read in
//     one transaction); an index ignores a reading older than the one it has.
//   - The database is the only truth. An index may be wiped at any time.
package discovery
