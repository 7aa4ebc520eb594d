// Package privacysql reads and erases what privacy.Register names. It is the port of privacy in the database.
package privacysql
