// Package memindex is discovery.Index inside this process: the embedded default.
//
// Words: segment: some live listings, frozen, in the order of their H3 cells, as
// columns, with postings over their terms. Part: a segment and which of its
// listings have been replaced since. Snapshot: all parts; what a search sees.
//
// How a search goes: the cells of the area are ranges of a segment's listings, for
// the descendants of a cell are a range of numbers. Within the ranges the rarest
// thing asked for proposes (a pair of characters, a word, or the ranges
// themselves), the columns reject, and the distance along the ellipsoid decides.
// The best Limit of them are kept in a heap.
//
// How a write goes: Put freezes its listings into a segment of their own, marks
// what they replace in a copy of the marks, and swaps one pointer. Then it joins
// small segments with their like, so that there are only ever about log n of them
// and a listing is rewritten about log n times in its life.
//
// Laws:
//   - A search reads one snapshot and waits for nobody. What Put returned from is
//     in every snapshot taken later.
//   - Nothing in a snapshot is ever changed: neither must callers change what lies
//     behind a listing they have put, or found (slices of hours and services).
//   - Listings that are not Live leave only their version behind, till Rebuild.
//   - A Put while a Rebuild runs outlives it, if its version is the later one.
package memindex
