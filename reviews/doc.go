// Package reviews is what verified visitors say.
//
// Words: Review: stars and words about one visit. Rating: the sum of a place's
// reviews. Board: where they are posted and read.
//
// Laws:
//   - A review is written by who came, once a visit, within 90 days of it.
//   - Nobody reviews a place of his own.
//   - The place's rating changes in the transaction that stores the review.
package reviews
