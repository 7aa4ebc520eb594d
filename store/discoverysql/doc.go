// Package discoverysql reads places as listings: the join of places, services,
// ratings and photos that discovery shows. It is discovery.Source in the database.
package discoverysql
