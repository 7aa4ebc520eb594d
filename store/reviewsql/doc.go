// Package reviewsql keeps reviews and ratings. It is the port of reviews in the
// database.
package reviewsql
