package api

import "corner/money"

// amount is money on the wire, the same for every resource: it is a word of the
// vocabulary, as a time is.
type amount struct {
	Amount   int64  `json:"amount" format:"int64" minimum:"0" doc:"Minor units (fen, cents, yen); a whole number." example:"2800"`
	Currency string `json:"currency" pattern:"^[A-Z]{3}$" doc:"ISO 4217." example:"CNY"`
}

func (m amount) parse() money.Amount { return money.Of(m.Amount, money.Currency(m.Currency)) }

func renderAmount(m money.Amount) amount { return amount{m.Minor, string(m.Currency)} }
