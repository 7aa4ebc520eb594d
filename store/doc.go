// Package store is the database, SQLite (the default) or PostgreSQL, and what the
// stores of the rooms share: opening, migrations, transactions, locks, idempotency
// keys, the outbox. The SQL of a room is in the package beside it: catalogsql,
// bookingsql and so on.
//
// Words: DB: an open database. Tx: a transaction under way, which the stores of
// several rooms may write to together. Dialect: all that differs between the two.
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
