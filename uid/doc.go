// Package uid makes the ids that Corner shows to the world: a prefix that says
// what the thing is, and 26 characters that sort by the time of making.
//
//	uid.New("plc", now) // plc_01kay3c4zq8v0e5t7m2r9x6b1d
//
// The layout is ULID's (https://github.com/ulid/spec): 48 bits of Unix
// milliseconds, 80 bits of randomness, Crockford's base 32, here in lower case
// so that byte order is the order of every database collation used.
//
// Laws: ids are never reused, carry nothing secret, and cannot be guessed
// (80 bits from crypto/rand). Order within one millisecond is not promised.
package uid
