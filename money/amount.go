package money

import (
	"math"
	"math/bits"

	"corner/fault"
)

// What arithmetic can refuse.
var (
	ErrCurrency = fault.New(fault.Invalid, "money.currency_mismatch",
		"amounts of two currencies cannot be added", "不同币种的金额不能相加")
	ErrOverflow = fault.New(fault.Invalid, "money.overflow",
		"the amount is too large", "金额过大")
)

// Amount is a sum of money: Minor units (fen, cents, yen) of Currency.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Of is minor units of currency.
func Of(minor int64, currency Currency) Amount { return Amount{Minor: minor, Currency: currency} }

// Plus is a + b, which must be of one currency.
func (a Amount) Plus(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, ErrCurrency
	}
	s := a.Minor + b.Minor
	if (s > a.Minor) != (b.Minor > 0) && b.Minor != 0 {
		return Amount{}, ErrOverflow
	}
	return Amount{s, a.Currency}, nil
}

// Times is a, n times; n is not negative.
func (a Amount) Times(n int64) (Amount, error) {
	m, err := multiply(a.Minor, n)
	if err != nil {
		return Amount{}, err
	}
	return Amount{m, a.Currency}, nil
}

// BasisPoints is a part of ten thousand: 250 is 2.5 %.
type BasisPoints int64

// HalfUp is the share p of a, rounded to the nearest minor unit, halves away
// from zero (the commercial rounding that tills use).
func (p BasisPoints) HalfUp(a Amount) (Amount, error) {
	m, err := multiply(a.Minor, int64(p))
	if err != nil {
		return Amount{}, err
	}
	q, r := m/10_000, m%10_000
	switch {
	case r >= 5_000:
		q++
	case r <= -5_000:
		q--
	}
	return Amount{q, a.Currency}, nil
}

func multiply(a, b int64) (int64, error) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, ErrOverflow
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), nil
	}
	return int64(lo), nil
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
