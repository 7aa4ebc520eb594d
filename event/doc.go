// Package event is what happened, told after it happened.
//
// A room that changes something returns events; its store writes them in the
// same transaction as the change (the outbox). After commit the Relay hands them
// to the handlers that asked for that kind, at least once, in batches, and tries
// again later when a handler fails. Nothing outside the database is touched
// inside a transaction, so nothing is announced that did not happen, and nothing
// that happened stays unannounced.
//
// Words: Event: one thing that happened to one subject. Consumer: the name under
// which a handler's deliveries are counted ("index"). Delivery: one event on its
// way to one consumer. Lease: a delivery taken by one relay for a while; when
// that relay dies the lease runs out and another takes it.
//
// Laws: events are thin (ids and a version; the reader loads what it needs), so a
// late one can do no harm; handlers are idempotent on Event.ID; order is not
// promised.
package event
