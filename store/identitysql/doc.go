// Package identitysql keeps who acts: users, sessions and devices, staff,
// invitations, operators. It is every port of identity in the database.
package identitysql
