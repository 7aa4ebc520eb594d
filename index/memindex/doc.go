// Package memindex is discovery.Index inside this process: the embedded default.
//
// Words: segment: some live listings, frozen, in the order of their H3 cells, as columns, with a
// tree of boxes over where they stand and postings over their terms. Doc: a listing's place in
// that order. Part: a segment and which of its listings have been replaced since.
// Snapshot: all parts; what a search sees.
//
// How a search goes. Without a text, the nearest are looked for from near to far, down the tree,
// until nothing nearer can come: so a city's centre costs no more than its edge. With a
// text, the tree gives the spans of docs that may be in the region (neighbours on the ground are
// neighbours in the order of H3's numbers), the postings give what of these spans matches
// and how well, way by way (discovery.Text), and the columns reject the rest. The distance
// along the ellipsoid decides, and the best Limit are kept in a heap. No cover of cells is
// needed, which costs 20 µs, more than the search.
//
// How a map is counted. The cells of a map are spans of docs, too; sums of latitudes and longitudes
// over every 16 docs give the middle of a thousand places without looking at each.
//
// How a write goes. Put freezes its listings into a segment of their own, marks
// what they replace in a copy of the marks, and swaps one pointer. Small segments are joined with
// their like, so that there are only ever about log n of them and a listing is rewritten about
// log n times in its life; large ones beside everything else, so that a writer does not wait a
// second for it.
//
// Memory: 118 bytes a place beside the listing, in a million of short Chinese names: 63 in
// columns, 2 for the tree, 20 for the way from an id to its listing, and the rest terms and
// postings. `corner bench search` measures it.
//
// Laws:
//   - A search reads one snapshot and waits for nobody. What Put returned from is
//     in every snapshot taken later.
//   - Nothing in a snapshot is ever changed: neither must callers change what lies
//     behind a listing they have put, or found (slices of hours and services).
//   - Listings that are not Live leave only their version behind, till Rebuild. A listing that was
//     replaced may stay in memory for its neighbours' sake, till those are replaced, too.
//   - A Put while a Rebuild runs outlives it, if its version is the later one.
package memindex
