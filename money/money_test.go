package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"corner/money"
)

func TestPlus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b money.Amount
		want int64
		err  error
	}{
		{money.Of(2800, "CNY"), money.Of(-300, "CNY"), 2500, nil},
		{money.Of(2800, "CNY"), money.Of(0, "CNY"), 2800, nil},
		{money.Of(1, "CNY"), money.Of(1, "HKD"), 0, money.ErrCurrency},
		{money.Of(math.MaxInt64, "CNY"), money.Of(1, "CNY"), 0, money.ErrOverflow},
		{money.Of(math.MinInt64, "CNY"), money.Of(-1, "CNY"), 0, money.ErrOverflow},
	} {
		got, err := c.a.Plus(c.b)
		if !errors.Is(err, c.err) || (err == nil && got.Minor != c.want) {
			t.Errorf("%v + %v = %v, %v; want %d, %v", c.a, c.b, got, err, c.want, c.err)
		}
	}
}

func TestArithmeticAgainstBigNumbers(t *testing.T) {
	t.Parallel()
	fits := func(b *big.Int) bool { return b.IsInt64() && b.Int64() != math.MinInt64 }
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64().Draw(t, "a")
		n := rapid.Int64Range(0, 1_000_000).Draw(t, "n")
		want := new(big.Int).Mul(big.NewInt(a), big.NewInt(n))
		got, err := money.Of(a, "CNY").Times(n)
		if fits(want) != (err == nil) || (err == nil && got.Minor != want.Int64()) {
			t.Fatalf("%d × %d = %v, %v; want %v", a, n, got, err, want)
		}
		p := rapid.Int64Range(0, 20_000).Draw(t, "p")
		prod := new(big.Int).Mul(big.NewInt(a), big.NewInt(p))
		share, err := money.BasisPoints(p).HalfUp(money.Of(a, "CNY"))
		if fits(prod) != (err == nil) {
			t.Fatalf("%d bp of %d: %v, want error %v", p, a, err, !fits(prod))
		}
		if err == nil {
			// |2·(share·10000 − prod)| ≤ 10000, halves away from zero.
			d := new(big.Int).Sub(new(big.Int).Mul(big.NewInt(share.Minor), big.NewInt(10_000)), prod)
			if d.CmpAbs(big.NewInt(5_000)) > 0 {
				t.Fatalf("%d bp of %d = %d, off by %v", p, a, share.Minor, d)
			}
		}
	})
}

func TestHalfUpHalves(t *testing.T) {
	t.Parallel()
	for minor, want := range map[int64]int64{1: 1, -1: -1, 3: 2, -3: -2, 2: 1} {
		got, err := money.BasisPoints(5_000).HalfUp(money.Of(minor, "CNY"))
		if err != nil || got.Minor != want {
			t.Errorf("half of %d = %d, %v; want %d", minor, got.Minor, err, want)
		}
	}
}

func TestCurrencies(t *testing.T) {
	t.Parallel()
	for c, want := range map[money.Currency]int{"CNY": 2, "HKD": 2, "JPY": 0, "KRW": 0, "KWD": 3} {
		if !c.Known() || c.Digits() != want {
			t.Errorf("%s: known %v, digits %d; want true, %d", c, c.Known(), c.Digits(), want)
		}
	}
	for _, c := range []money.Currency{"", "cny", "RMB", "XXX", "XAU"} {
		if c.Known() {
			t.Errorf("%q is known, want not", c)
		}
	}
}
