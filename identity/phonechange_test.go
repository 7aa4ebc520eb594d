package identity_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/idempotency"
	"corner/identity"
	"corner/internal/expect"
)

const fresh = "+8613700137777"

// move asks for the new number with its code, and with the code of the number before unless that is "".
func (h accounts) move(t *testing.T, to, before string) identity.PhoneChange {
	t.Helper()
	h.pass(time.Minute)
	code := h.code(t, to)
	r := identity.PhoneChange{Phone: to, Challenge: h.challenge(to, code), Code: code, Address: from}
	if before != "" {
		old := h.code(t, before)
		r.OldChallenge, r.OldCode = h.challenge(before, old), old
	}
	return r
}

// TestChangePhone: both numbers confirm it, each with its own code; whose the new number is, only who has it learns.
func TestChangePhone(t *testing.T) {
	t.Parallel()
	h := open(t)
	ctx := t.Context()
	home := h.signIn(t, wang)
	me := h.again(t, home)
	m := h.merchant(t, h.actor(t, other).User)
	for to, want := range map[string][]string{"12": {"phone bad_format", "old_challenge_id required", "old_code required"}, fresh: {"old_challenge_id required", "old_code required"}} {
		_, err := h.ChangePhone(ctx, me, identity.PhoneChange{Phone: to, Challenge: "chl_a", Code: "1"})
		if diff := cmp.Diff(want, faults(err)); diff != "" {
			t.Errorf("without the number before (-want +got):\n%s", diff)
		}
	}
	_, err := h.ChangePhone(ctx, me, h.move(t, wang, wang))
	refused(t, "one's own number", err, identity.ErrPhoneUnchanged)

	r := h.move(t, fresh, wang)
	right := r
	r.Code = wrong(r.Code)
	_, err = h.ChangePhone(ctx, me, r)
	refused(t, "a wrong code of the new number", err, identity.ErrCodeInvalid)
	r = right
	r.OldCode = wrong(r.OldCode)
	_, err = h.ChangePhone(ctx, me, r)
	refused(t, "a wrong code of the number before", err, identity.ErrOldCodeInvalid)
	r = right
	r.OldChallenge, r.OldCode = r.Challenge, r.Code
	_, err = h.ChangePhone(ctx, me, r)
	refused(t, "the code of the new number for both", err, identity.ErrOldCodeInvalid)

	taken := h.move(t, other, wang)
	known := taken
	known.Code = wrong(known.Code)
	_, err = h.ChangePhone(ctx, me, known)
	refused(t, "somebody's number without its code", err, identity.ErrCodeInvalid)
	_, err = h.ChangePhone(ctx, me, taken)
	refused(t, "somebody's number with its code", err, identity.ErrPhoneTaken)

	boss := h.actor(t, other)
	v := expect.OK(h.Invite(ctx, boss, m, fresh, identity.Counter, identity.Branches{}, identity.Chinese, idempotency.Key{}))(t)
	right = h.move(t, fresh, wang)
	u := expect.OK(h.ChangePhone(ctx, me, right))(t)
	if u.Phone != fresh || u.ID != me.User || u.Version != 2 {
		t.Errorf("ChangePhone: %+v", u)
	}
	_, err = h.ChangePhone(ctx, me, right)
	refused(t, "the same again", err, identity.ErrPhoneUnchanged)
	if list := expect.OK(h.MyInvitations(ctx, me, "", 10))(t); len(list) != 1 || list[0].ID != v.ID {
		t.Errorf("the invitations are %+v, want that of the new number", list)
	}
	r2 := h.request(t, fresh)
	r2.DeviceToken = home.Device
	if in := h.enters(t, r2); in.User != me.User {
		t.Error("the new number opens another account")
	}
	if in := h.signIn(t, wang); in.User == me.User {
		t.Error("the number before opens the account")
	}
}

// TestChangePhoneSilent: a number that was silent is free for who has it in hand.
func TestChangePhoneSilent(t *testing.T) {
	t.Parallel()
	h := open(t)
	gone := h.actor(t, other)
	h.pass(identity.SilentFor)
	me := h.actor(t, wang)
	u := expect.OK(h.ChangePhone(t.Context(), me, h.move(t, other, wang)))(t)
	if before := expect.OK(h.Store.User(t.Context(), gone.User))(t); u.Phone != other || before.Phone != "" {
		t.Errorf("the number is %q here and %q there", u.Phone, before.Phone)
	}
}

// TestChangePhoneWaits: with the second factor and without the number before, after three days; shown, and withdrawn.
func TestChangePhoneWaits(t *testing.T) {
	t.Parallel()
	h := open(t)
	ctx := t.Context()
	home := h.signIn(t, wang)
	p := h.factor(t, h.again(t, home))
	me := h.again(t, home)
	r := h.move(t, fresh, "")
	_, err := h.ChangePhone(ctx, me, r)
	refused(t, "without a step up", err, identity.ErrFactorNeeded)
	_, err = h.ChangePhone(ctx, me, h.move(t, fresh, wang))
	refused(t, "without a step up, with the number before", err, identity.ErrFactorNeeded)
	step := func() {
		t.Helper()
		h.pass(time.Minute)
		me = expect.OK(h.StepUp(ctx, h.again(t, home), p.code(h, 0)))(t)
	}
	settle := func(want int) {
		t.Helper()
		if n, err := h.SettlePhones(ctx); err != nil || n != want {
			t.Errorf("SettlePhones: %d, %v; want %d", n, err, want)
		}
	}
	plan := func(to string) identity.User {
		t.Helper()
		step()
		return expect.OK(h.ChangePhone(ctx, me, h.move(t, to, "")))(t)
	}
	u := plan(fresh)
	if u.Phone != wang || u.Move != (identity.Move{Phone: fresh, At: h.now().UTC().Add(identity.PhoneWait).Truncate(time.Microsecond)}) {
		t.Errorf("it waits as %+v", u)
	}
	h.pass(identity.PhoneWait - time.Second)
	settle(0)
	refused(t, "WithdrawPhone", h.WithdrawPhone(ctx, me), nil)
	refused(t, "WithdrawPhone again", h.WithdrawPhone(ctx, me), nil)
	h.pass(time.Hour)
	settle(0)
	if u := expect.OK(h.Me(ctx, me))(t); u.Phone != wang || u.Move != (identity.Move{}) {
		t.Errorf("after it was withdrawn: %+v", u)
	}

	plan(fresh)
	h.signIn(t, fresh) // somebody is quicker
	h.pass(identity.PhoneWait)
	settle(0)
	if u := expect.OK(h.Me(ctx, me))(t); u.Phone != wang || u.Move != (identity.Move{}) {
		t.Errorf("after somebody took the number: %+v", u)
	}
	step()
	_, err = h.ChangePhone(ctx, me, h.move(t, fresh, ""))
	refused(t, "a number that somebody has", err, identity.ErrPhoneTaken)

	const next = "+8613700137778"
	plan(next)
	h.pass(identity.PhoneWait)
	settle(1)
	settle(0)
	if u := expect.OK(h.Me(ctx, me))(t); u.Phone != next || u.Move != (identity.Move{}) {
		t.Errorf("after the wait: %+v", u)
	}
}

// TestChangePhoneBudget: whoever holds a session alone guesses the code of the number before ten times an hour, and uses up
// nothing of the sign-ins with it.
func TestChangePhoneBudget(t *testing.T) {
	t.Parallel()
	h := open(t)
	home := h.signIn(t, wang)
	me := h.again(t, home)
	r := h.move(t, fresh, "")
	r.OldChallenge, r.OldCode = "chl_aaaaaaaaaaaaaaaaaaaaaaaaaa", "000000"
	for range 10 {
		_, err := h.ChangePhone(t.Context(), me, r)
		refused(t, "a guess", err, identity.ErrOldCodeInvalid)
	}
	_, err := h.ChangePhone(t.Context(), me, r)
	refused(t, "the eleventh, which the pause allows", err, identity.ErrOldCodeInvalid)
	_, err = h.ChangePhone(t.Context(), me, r)
	refused(t, "the twelfth", err, identity.ErrTooManyFailures)
	in := h.request(t, wang)
	in.DeviceToken = home.Device
	h.enters(t, in)
}
