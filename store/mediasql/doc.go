// Package mediasql keeps what is known of photos; their bytes are elsewhere, by
// digest. It is the port of media in the database.
package mediasql
