// Package visitsql keeps confirmed visits. It is the port of visits in the
// database.
package visitsql
