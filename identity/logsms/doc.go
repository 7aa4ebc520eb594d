// Package logsms is an SMS gateway for trying Corner out: it prints codes where
// the program's operator sees them, instead of sending them.
//
// Anybody who reads that output can sign in as anybody, so it serves the demo, and
// any other server only where its operator asked for it by name.
package logsms
