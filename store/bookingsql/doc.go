// Package bookingsql keeps bookings and what they take. It is the port of booking
// in the database.
package bookingsql
