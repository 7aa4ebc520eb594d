// Package catalog is what merchants register: who they are, where exactly their
// places stand, when they are open and what they sell.
//
// Words: Merchant: a business. Place: one spot of it. Draft: what a merchant sends
// to make or change a place. Service: what a place sells. Category: what sort of
// place it is, a branch of the Tree. Added: a category that an operator put there. Hours: when it is open, in the wall time of its zone.
// Closure: days on which it is closed whatever its hours say; a night belongs to the day on which it begins.
//
// Laws:
//   - A place is stored in WGS-84 beside what was sent; everything computes with
//     WGS-84.
//   - A draft is seen by its own people only; to others it is not there, also as the
//     candidate of a duplicate. It may lack anything; Place.Missing says what.
//   - Every change names the version it changes; a stale one changes nothing. It adds one
//     Revision to the place's history, in the same transaction.
//   - Of two places that look like one (Similarity), only one is published, unless its
//     merchant says that they are two; however many phones try at one moment.
//   - A place that consumers could find once is never deleted: it ends, or is taken off the map.
//   - What is booked keeps what it was booked with: services are changed and retired,
//     never deleted.
//   - Public services are found, never booked.
//   - An imported place belongs to nobody until a merchant claims it, and after
//     that an import leaves it alone.
//   - A category is never taken out of the tree, and the built-in ones never change.
//
// A Tree never changes. Each instance keeps the latest in a Trees, which reads the
// database again every few seconds (Catalog.RefreshTree); who asks something takes one
// Tree and goes by it to the end, so that a search sees one however long it takes. What is
// made of a tree is made once (OfTree). A listing keeps the terms it was indexed with:
// after a change of labels it is found by the old ones until it is read again.
package catalog
