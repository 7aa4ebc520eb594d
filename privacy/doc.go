// Package privacy is what Corner keeps of a person: shown to them, and taken away when they leave.
//
// Words: Register: every column of the database that holds something of a person, with its purpose, how
// long it is kept, and what an erasure does with it. Export: all of it, for the person. Erasure: the
// account is closed, and what law and ledger must keep stays without a person. Erased: the list of
// erasures, kept apart from the database, so that a backup that is restored forgets them again.
//
// Laws:
//   - A column of the database is in the Register, or named there as one without a person; a test holds
//     that for each column there is.
//   - What the erased account's id still stands in says nothing of who it was: nothing leads from it to a
//     person any more.
package privacy
