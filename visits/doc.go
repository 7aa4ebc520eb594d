// Package visits is the confirmed consumption, the one fact that everything else
// follows from.
//
// Words: Visit: a consumer was here and had what was booked. Log: where staff
// confirm visits, with the code on the consumer's phone, and where they are read.
//
// Laws:
//   - A booking has at most one visit, made in the transaction that consumes it.
//   - Only people who work for the place confirm. To anybody else its codes are not
//     there.
//   - Repeating a confirmation changes nothing and gives the same visit, however
//     late.
package visits
