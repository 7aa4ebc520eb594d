// Package notifysql keeps notices, and reads what they are about. It is the ports of notify in the database.
package notifysql
