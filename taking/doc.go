// Package taking is what a booking or a purchase takes and gives back: seats of a
// service, a place in a person's limit; later chairs, stylists, coupons, points.
//
// Words: Ref: one thing that can be taken, by kind and id. Taking: so many of a ref.
// Stake: what a visit stands on, copied when it is held: price, terms, takings.
// Busy: what others have taken of a ref, and when. Standing: all that is known of a
// ref at the moment of deciding. Outcome: how a stake ended. Participant: whoever has
// a part in the transactions that hold, confirm, move and end a stake; each kind of
// ref has one, in a store package of its own (see store/takingsql).
//
// Laws:
//   - Whoever takes something of a ref holds the ref's lock until the commit. Locks
//     are taken in one order: idempotency key, user, refs by kind and id, the row of
//     the booking, accounts. So two transactions never wait for each other in a circle.
//   - The rules are the rooms': a store reads what stands, and asks.
//   - All parts of a stake happen, or none.
package taking
