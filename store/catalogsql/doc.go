// Package catalogsql keeps what is registered: merchants, places with their
// history, services, categories, imports. It is the ports of catalog in the
// database.
package catalogsql
