// Package takingsql is the parts of the one transaction in which a booking or a
// purchase is held, confirmed, moved and ended: the interface that each part
// implements, the loops that the stores of the sources run over them, and the parts
// for seats and for a person's limit.
//
// A wing that takes part (coupons, points, the ledger) has a store package of its own
// with one Participant in it, and is named where the program is wired. What it decides
// by is its room's, handed in as taking.Rules.
package takingsql
