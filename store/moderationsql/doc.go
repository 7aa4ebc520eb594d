// Package moderationsql keeps cases, reports and decisions. It is the port of moderation in the database.
package moderationsql
