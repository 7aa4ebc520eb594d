package identity_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corner/fault"
	"corner/identity"
)

const phoneID = "b1946ac92492d2347c6235b4d2611184"

// signInOn is a new session on a device.
func (h accounts) signInOn(t *testing.T, phone, device, name string) identity.Tokens {
	t.Helper()
	h.pass(time.Minute) // for the limit of codes
	tokens, err := h.SignIn(t.Context(), phone, h.code(t, phone), identity.Device{ID: device, Name: name}, "")
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	return tokens
}

func TestParseDevice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, name string
		want     []string
	}{
		{"", "", nil},
		{phoneID, " 小王的 Mate 60 ", nil},
		{"12345678", strings.Repeat("名", identity.MaxDeviceName), nil},
		{"", "👨‍👩‍👧’s iPhone", nil},
		{"1234567", "", []string{"device_id bad_format"}},
		{strings.Repeat("x", identity.MaxDeviceID+1), strings.Repeat("x", identity.MaxDeviceName+1), []string{"device_id bad_format", "device_name too_long"}},
		{"with space", "line\nbreak", []string{"device_id bad_format", "device_name bad_format"}},
		{"编号编号编号", "\xff", []string{"device_id bad_format", "device_name bad_format"}},
	} {
		d, err := identity.ParseDevice(c.id, c.name)
		if diff := cmp.Diff(c.want, faults(err)); diff != "" {
			t.Errorf("ParseDevice(%q, %q) (-want +got):\n%s", c.id, c.name, diff)
		}
		if want := (identity.Device{ID: c.id, Name: strings.TrimSpace(c.name)}); err == nil && d != want {
			t.Errorf("ParseDevice(%q, %q) = %+v, want %+v", c.id, c.name, d, want)
		}
	}
	h := open(t)
	_, err := h.SignIn(t.Context(), "12", "123456", identity.Device{ID: "x", Name: "\x00"}, "")
	if diff := cmp.Diff([]string{"phone bad_format", "device_id bad_format", "device_name bad_format"}, faults(err)); diff != "" {
		t.Errorf("SignIn names all faults (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"phone bad_format", "device_id bad_format"}, faults(h.SendCode(t.Context(), "12", from, "x"))); diff != "" {
		t.Errorf("SendCode names all faults (-want +got):\n%s", diff)
	}
}

// TestCodesPerDevice: a device has its own limit, whichever phones it asks for.
func TestCodesPerDevice(t *testing.T) {
	t.Parallel()
	h := open(t)
	phones := []string{"+8613700137001", "+8613700137002", "+8613700137003"}
	for i := range 10 {
		if err := h.SendCode(t.Context(), phones[i%3], from, phoneID); err != nil {
			t.Fatalf("code %d: %v", i+1, err)
		}
	}
	err := h.SendCode(t.Context(), wang, from, phoneID)
	refused(t, "an eleventh code for one device", err, identity.ErrTooManyCodes)
	e, _ := errors.AsType[*fault.Error](err)
	if e == nil || e.RetryAfter <= 0 || e.RetryAfter > 30*time.Second || limitOf(e) != 10 {
		t.Errorf("it tells %+v, want to try again within 30 s, and the limit 10", e)
	}
	if err := h.SendCode(t.Context(), wang, from, strings.ToUpper(phoneID)); err != nil {
		t.Errorf("another device: %v", err)
	}
	h.pass(31 * time.Second)
	if err := h.SendCode(t.Context(), wang, from, phoneID); err != nil {
		t.Errorf("after half a minute: %v", err)
	}
	if strings.Contains(h.kv.told.String(), phoneID) {
		t.Error("the cache was told the device")
	}
}

func TestDevices(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.signInOn(t, wang, phoneID, "小王的手机")
	tablet := h.signInOn(t, wang, "tablet-0001", "平板")
	h.signInOn(t, other, phoneID, "借来的手机")
	again := h.signInOn(t, wang, phoneID, "小王的新名字") // ends first
	_, err := h.Actor(t.Context(), first.Access)
	refused(t, "the session before on the device", err, identity.ErrTokenInvalid)
	_, err = h.Refresh(t.Context(), first.Refresh)
	refused(t, "its refresh token", err, identity.ErrTokenInvalid)

	me, err := h.Actor(t.Context(), again.Access)
	if err != nil || me.Session != again.Session {
		t.Fatalf("Actor = %+v, %v; want session %s", me, err, again.Session)
	}
	list, err := h.Devices(t.Context(), me, "", 10)
	if err != nil || len(list) != 2 || list[0].ID != again.Session || list[0].Device.Name != "小王的新名字" || list[1].ID != tablet.Session {
		t.Fatalf("Devices = %+v, %v; want the phone under its new name, then the tablet", list, err)
	}
	h.pass(time.Hour)
	if _, err := h.Refresh(t.Context(), tablet.Refresh); err != nil {
		t.Fatal(err)
	}
	list, err = h.Devices(t.Context(), me, again.Session, 10)
	if err != nil || len(list) != 1 || !list[0].RotatedAt.Equal(h.now().Truncate(time.Microsecond)) {
		t.Errorf("after the tablet was used: %+v, %v; want it alone, seen now", list, err)
	}
}

// TestSignOut ends a session at once: its access token, too, and on every instance,
// which is another Accounts on the same database.
func TestSignOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	phone, tablet, theirs := h.signInOn(t, wang, phoneID, ""), h.signInOn(t, wang, "", ""), h.signInOn(t, other, "", "")
	elsewhere := *h.Accounts
	me, err := elsewhere.Actor(t.Context(), phone.Access)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, "SignOut of the tablet", h.SignOut(t.Context(), me, tablet.Session), nil)
	refused(t, "SignOut again", h.SignOut(t.Context(), me, tablet.Session), nil)
	for _, id := range []identity.SessionID{theirs.Session, "", "ses_0", identity.SessionID(strings.Repeat("0", 300))} {
		refused(t, "SignOut of "+string(id), h.SignOut(t.Context(), me, id), identity.ErrDeviceNotFound)
	}
	gone := func(what string, tokens identity.Tokens) {
		t.Helper()
		_, err := elsewhere.Actor(t.Context(), tokens.Access)
		refused(t, what+": access token", err, identity.ErrTokenInvalid)
		_, err = elsewhere.Refresh(t.Context(), tokens.Refresh)
		refused(t, what+": refresh token", err, identity.ErrTokenInvalid)
	}
	gone("the tablet", tablet)
	one, two := h.signInOn(t, wang, "", ""), h.signInOn(t, wang, "", "")
	refused(t, "SignOutOthers", h.SignOutOthers(t.Context(), me, false), nil)
	gone("one of the others", one)
	gone("two of the others", two)
	if _, err := elsewhere.Actor(t.Context(), phone.Access); err != nil {
		t.Errorf("the one that asked: %v", err)
	}
	refused(t, "SignOutOthers, here too", h.SignOutOthers(t.Context(), me, true), nil)
	gone("the one that asked", phone)
	if _, err := elsewhere.Actor(t.Context(), theirs.Access); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

// TestStolenRefreshToken: using an old refresh token ends the session at once, for the
// thief's access token, too.
func TestStolenRefreshToken(t *testing.T) {
	t.Parallel()
	h := open(t)
	stolen := h.signIn(t, wang)
	second, err := h.Refresh(t.Context(), stolen.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	h.pass(identity.RepeatFor)
	_, err = h.Refresh(t.Context(), stolen.Refresh)
	refused(t, "the old token", err, identity.ErrTokenInvalid)
	_, err = h.Actor(t.Context(), second.Access)
	refused(t, "the access token of the session that ended", err, identity.ErrTokenInvalid)
}

// FuzzParsePhone: what is taken is E.164, and reads as itself.
func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"", "+", wang, "+86 138-0013-8000", "+1 (212) 555-0123", "13800138000", "+8613800138000;ext=5", "+1800FLOWERS", "＋8613800138000", "+86138001380001380013800", "++86", "+٨٦", "+86000000000", "+811000000000000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		phone, ok := identity.ParsePhone(s)
		if !ok {
			return
		}
		if len(phone) < 5 || len(phone) > 16 || phone[0] != '+' || strings.Trim(phone[1:], "0123456789") != "" {
			t.Errorf("ParsePhone(%q) = %q, want + and digits", s, phone)
		}
		if again, ok := identity.ParsePhone(phone); !ok || again != phone {
			t.Errorf("ParsePhone(%q) = %q, %v, want itself", phone, again, ok)
		}
	})
}

// FuzzParseDevice: what is taken is bounded, printable, and reads as itself.
func FuzzParseDevice(f *testing.F) {
	for _, s := range [][2]string{{"", ""}, {phoneID, "小王的手机"}, {"x", "\x00"}, {"........", " \t "}, {"12345678\n", "\xff"}, {"-_-_-_-_", "a\u2028b"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, id, name string) {
		d, err := identity.ParseDevice(id, name)
		if err != nil {
			if len(faults(err)) == 0 {
				t.Errorf("ParseDevice: %v, want an input error", err)
			}
			return
		}
		if !utf8.ValidString(d.Name) || utf8.RuneCountInString(d.Name) > identity.MaxDeviceName ||
			slices.ContainsFunc([]rune(d.Name), unicode.IsControl) ||
			len(d.ID) > identity.MaxDeviceID {
			t.Errorf("ParseDevice(%q, %q) = %+v", id, name, d)
		}
		if again, err := identity.ParseDevice(d.ID, d.Name); err != nil || again != d {
			t.Errorf("ParseDevice of %+v: %+v, %v; want itself", d, again, err)
		}
	})
}

// BenchmarkActor is what every call of somebody who has signed in pays: checking the
// token and reading the session, its rights and whether it lives.
func BenchmarkActor(b *testing.B) {
	h := open(b)
	if err := h.SendCode(b.Context(), wang, from, ""); err != nil {
		b.Fatal(err)
	}
	tokens, err := h.SignIn(b.Context(), wang, h.phones.codes[wang], identity.Device{}, "")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := h.Actor(b.Context(), tokens.Access); err != nil {
			b.Fatal(err)
		}
	}
}
