// Package store is every SQL statement of Corner, once, for SQLite (the default)
// and PostgreSQL.
//
// Words: DB: an open database. Dialect: all that differs between the two. A type a
// port: Identity, Catalog, Bookings, Visits, Reviews, Listings, Outbox.
//
// Laws:
//   - One text for both: $1 placeholders, TEXT ids, BIGINT microseconds for
//     instants, BOOLEAN, ON CONFLICT, RETURNING, partial indexes. No arrays, no JSON
//     operators, no FOR UPDATE, no ordering by what people typed.
//   - A transaction is begun, tried again and committed in one place (tx.go), and a
//     commit that fails is an error.
//   - Events are written in the transaction of the change they tell of.
//   - Nothing here decides about the business: the rooms do, in the closures they
//     hand over.
package store
