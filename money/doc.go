// Package money is amounts of money: whole minor units of one currency.
//
//	money.Amount{Minor: 2800, Currency: "CNY"} // ¥28.00
//
// Laws: no float anywhere (a test in internal/archtest holds it); two currencies
// are never added; every rounding has a name at the call; arithmetic that would
// overflow is an error, never a wrapped number.
package money
