package identity_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/fault"
	"corner/identity"
)

// A stranger does what he can to keep Wang out; each way of it is one attack of issue 9.
const stranger = "198.51.100.66"

func (h accounts) strangerGuesses(t *testing.T, id identity.ChallengeID, phone, code, address string) error {
	t.Helper()
	_, err := h.Accounts.SignIn(t.Context(), identity.SignInRequest{Challenge: id, Phone: phone, Code: code, Address: address})
	return err
}

// TestNobodyLocksAnotherOut: wrong codes, new requests and used up limits of a stranger do not touch
// the code that Wang was sent, nor keep his known phone from getting the next one.
func TestNobodyLocksAnotherOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signIn(t, wang)
	mine := h.code(t, wang)
	for i := range 200 {
		address := fmt.Sprintf("198.51.%d.%d", i/50, i%50)
		id, err := h.Accounts.SendCode(t.Context(), identity.CodeRequest{Phone: wang, Address: address})
		if err != nil && !errors.Is(err, identity.ErrTooManyCodes) {
			t.Fatal(err)
		}
		_ = h.strangerGuesses(t, id, wang, "000000", address)
		_ = h.strangerGuesses(t, "chl_aaaaaaaaaaaaaaaaaaaaaaaaaa", wang, "000000", address)
	}
	if _, err := h.SignIn(t.Context(), wang, mine, identity.Device{}, ""); err == nil {
		t.Fatal("a phone that nobody knows passed the caps of its number: the attack did not use them up")
	}
	known := identity.SignInRequest{
		Challenge: h.challenge(wang, mine), Phone: wang, Code: mine, Address: from, DeviceToken: first.Device,
	}
	if _, err := h.Accounts.SignIn(t.Context(), known); err != nil {
		t.Errorf("the correct code on the known phone: %v", err)
	}
	refused(t, "a message to a phone that nobody knows", h.SendCode(t.Context(), wang, from, ""), identity.ErrTooManyCodes)
	for i := range identity.DefaultCaps.MessagesReserve {
		if err := h.ask(t.Context(), identity.CodeRequest{Phone: wang, Address: from, DeviceToken: first.Device}); err != nil {
			t.Fatalf("message %d of the reserve: %v", i+1, err)
		}
	}
	again := h.ask(t.Context(), identity.CodeRequest{Phone: wang, Address: from, DeviceToken: first.Device})
	refused(t, "a message after the reserve", again, identity.ErrTooManyCodes)
}

// TestDeviceTokenIsOnesOwn: a device that is known for one number is a stranger to others, and a
// forged token is none.
func TestDeviceTokenIsOnesOwn(t *testing.T) {
	t.Parallel()
	h := open(t)
	his := h.signIn(t, other)
	h.Caps = identity.Caps{MessagesPerNumber: 1}
	if err := h.SendCode(t.Context(), wang, from, ""); err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"of another": his.Device, "forged": his.Device[:len(his.Device)-3] + "AAA", "a refresh token": his.Refresh} {
		err := h.ask(t.Context(), identity.CodeRequest{Phone: wang, Address: from, DeviceToken: token})
		refused(t, name, err, identity.ErrTooManyCodes)
	}
}

// TestChallengesApart: five wrong codes use up one challenge, and the one beside it lives.
func TestChallengesApart(t *testing.T) {
	t.Parallel()
	h := open(t)
	a := h.code(t, wang)
	mine := h.challenge(wang, a)
	b := h.code(t, wang)
	theirs := h.challenge(wang, b)
	if mine == theirs {
		t.Fatal("two messages have one challenge")
	}
	for range 6 {
		_ = h.strangerGuesses(t, theirs, wang, wrong(b), stranger)
	}
	refused(t, "the right code after five wrong ones", h.strangerGuesses(t, theirs, wang, b, stranger), identity.ErrTooManyTries)
	if a != b {
		refused(t, "the code of the other challenge", h.strangerGuesses(t, mine, wang, b, stranger), identity.ErrCodeInvalid)
	}
	if _, err := h.SignIn(t.Context(), wang, a, identity.Device{}, ""); err != nil {
		t.Errorf("the challenge beside it: %v", err)
	}
}

// TestGuessingAcrossNumbers: 200 numbers × 5 guesses from one address, all at once, get as many
// guesses as one address has; then pauses that double, and afterwards it is open again.
func TestGuessingAcrossNumbers(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Caps = identity.Caps{MessagesPerAddress: 1_000}
	var ids [200]identity.ChallengeID
	for i := range ids {
		phone := fmt.Sprintf("+861380013%04d", i)
		id, err := h.Accounts.SendCode(t.Context(), identity.CodeRequest{Phone: phone, Address: fmt.Sprint("a", i)})
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = id
	}
	var taken atomic.Int64
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			for range 5 {
				err := h.strangerGuesses(t, id, fmt.Sprintf("+861380013%04d", i), "x", stranger)
				if errors.Is(err, identity.ErrCodeInvalid) {
					taken.Add(1)
				} else if !errors.Is(err, identity.ErrTooManyFailures) {
					t.Errorf("a guess: %v", err)
				}
			}
		})
	}
	wg.Wait()
	if n := taken.Load(); n < 50 || n > 51 {
		t.Errorf("%d guesses were compared, want the 50 of the budget, and the one that begins the pause", n)
	}
	pause := time.Minute
	for range 5 {
		err := h.strangerGuesses(t, ids[0], "+8613800130000", "x", stranger)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || !errors.Is(err, identity.ErrTooManyFailures) || e.RetryAfter < pause-time.Second || e.RetryAfter > pause {
			t.Fatalf("within a pause of %s: %v, to come back after %v", pause, err, e.RetryAfter)
		}
		h.pass(pause)
		if err := h.strangerGuesses(
			t,
			"chl_aaaaaaaaaaaaaaaaaaaaaaaaaa",
			"+8613800130000",
			"x",
			stranger,
		); !errors.Is(
			err,
			identity.ErrCodeInvalid,
		) {
			t.Fatalf("after a pause of %s: %v", pause, err)
		}
		pause *= 2
	}
	if err := h.strangerGuesses(t, "chl_aaaaaaaaaaaaaaaaaaaaaaaaaa", "+8613800130000", "x", from); !errors.Is(err, identity.ErrCodeInvalid) {
		t.Errorf("another address: %v, want it not to pay for that", err)
	}
}

// TestRightCodesCostNothing: a café where a hundred people sign in is not taken for an attacker.
func TestRightCodesCostNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Caps = identity.Caps{MessagesPerAddress: 1_000}
	for i := range 100 {
		_ = h.signIn(t, fmt.Sprintf("+861380013%04d", i))
	}
}

// TestMessageCaps: each cap on messages refuses what comes after it, and says when to come back.
func TestMessageCaps(t *testing.T) {
	t.Parallel()
	phone := func(i int) string { return fmt.Sprintf("+861380013%04d", i) }
	address := func(i int) string { return fmt.Sprintf("10.0.%d.%d", i/200, i%200) }
	for name, c := range map[string]struct {
		caps  identity.Caps
		n     int
		ask   func(i int) identity.CodeRequest
		still identity.CodeRequest // what is not in its way
	}{
		"an address": {
			n:     identity.DefaultCaps.MessagesPerAddress,
			ask:   func(i int) identity.CodeRequest { return identity.CodeRequest{Phone: phone(i), Address: from} },
			still: identity.CodeRequest{Phone: wang, Address: stranger},
		},
		"a number": {
			n:     identity.DefaultCaps.MessagesPerNumber,
			ask:   func(i int) identity.CodeRequest { return identity.CodeRequest{Phone: wang, Address: address(i)} },
			still: identity.CodeRequest{Phone: other, Address: stranger},
		},
		"a country": {
			caps: identity.Caps{MessagesPerCountry: 7}, n: 7,
			ask:   func(i int) identity.CodeRequest { return identity.CodeRequest{Phone: phone(i), Address: address(i)} },
			still: identity.CodeRequest{Phone: "+4930901820", Address: stranger},
		},
		"all": {
			caps: identity.Caps{Messages: 7}, n: 7,
			ask: func(i int) identity.CodeRequest { return identity.CodeRequest{Phone: phone(i), Address: address(i)} },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.Caps = c.caps
			for i := range c.n {
				if err := h.ask(t.Context(), c.ask(i)); err != nil {
					t.Fatalf("message %d of %d: %v", i+1, c.n, err)
				}
			}
			err := h.ask(t.Context(), c.ask(c.n))
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || !errors.Is(err, identity.ErrTooManyCodes) || e.RetryAfter <= 0 || e.RetryAfter > 24*time.Hour || limitOf(e) != c.n {
				t.Fatalf("message %d: %v, want a refusal that tells the limit %d and when to come back", c.n+1, err, c.n)
			}
			if c.still.Phone != "" {
				if err := h.ask(t.Context(), c.still); err != nil {
					t.Errorf("somebody else: %v", err)
				}
			}
			h.pass(24 * time.Hour)
			if err := h.ask(context.WithoutCancel(t.Context()), c.ask(c.n)); err != nil {
				t.Errorf("a day later: %v", err)
			}
		})
	}
}

// TestSessionEnds: a session that is refreshed every month ends after 180 days all the same.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	h := open(t)
	tokens := h.signIn(t, wang)
	for month := 1; ; month++ {
		h.pass(30 * 24 * time.Hour)
		next, err := h.Refresh(t.Context(), tokens.Refresh)
		if month < 6 && err != nil {
			t.Fatalf("month %d: %v", month, err)
		}
		if month == 6 {
			refused(t, "after 180 days", err, identity.ErrTokenInvalid)
			return
		}
		tokens = next
	}
}
