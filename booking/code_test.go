package booking_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"corner/booking"
	"corner/booking/bookingtest"
)

func TestPlainCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, want string }{
		{"7QX2-9FD8-M3A0", "7QX29FD8M3A0"},
		{"7qx2-9fd8-m3a0", "7QX29FD8M3A0"},
		{"7QX29FD8M3A0", "7QX29FD8M3A0"},
		{" 7QX2 9FD8\tM3A0\n", "7QX29FD8M3A0"},
		{"OoIi-LlXX-XXXX", "001111XXXXXX"},
		{"", ""},
		{"7QX2-9FD8-M3A", ""},   // one too few
		{"7QX2-9FD8-M3A01", ""}, // one too many
		{"7QX2-9FD8-M3AU", ""},  // no letter of ours
		{"7QX2-9FD8-M3A!", ""},
		{"７ＱＸ２－９FD8-M3A0\r", "7QX29FD8M3A0"},
		{"面面面面", ""},                                               // twelve bytes
		{strings.Repeat("-", 52) + "7QX29FD8M3A0", "7QX29FD8M3A0"}, // 64 bytes
		{strings.Repeat("-", 53) + "7QX29FD8M3A0", ""},
	} {
		got, ok := booking.PlainCode(c.typed)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("PlainCode(%q) = %q, %v; want %q", c.typed, got, ok, c.want)
		}
	}
}

func FuzzPlainCode(f *testing.F) {
	for _, s := range []string{"7QX2-9FD8-M3A0", "oil0-oil0-oil0", "ſſſſſſſſſſſſ", "\xff\xfe", strings.Repeat("A", 1000)} {
		f.Add(s)
	}
	form := regexp.MustCompile(`^[0-9ABCDEFGHJKMNPQRSTVWXYZ]{12}$`)
	f.Fuzz(func(t *testing.T, typed string) {
		plain, ok := booking.PlainCode(typed)
		if ok != form.MatchString(plain) {
			t.Errorf("PlainCode(%q) = %q, %v; want ok only of twelve letters and digits", typed, plain, ok)
		}
		if !ok {
			return
		}
		if again, ok := booking.PlainCode(strings.ToLower(plain[:4] + " " + plain[4:8] + "-" + plain[8:])); !ok || again != plain {
			t.Errorf("PlainCode of %q, as people write it = %q, %v; want the same", plain, again, ok)
		}
	})
}

func TestCodeRotates(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	b, other := s.Confirmed(
		t,
		user,
		bookingtest.Opening,
		1,
		bookingtest.Monday,
	), s.Confirmed(
		t,
		user,
		bookingtest.Opening,
		1,
		bookingtest.Monday,
	)
	half := time.Date(2026, 3, 2, 17, 0, 30, 0, time.UTC) // a half minute begins
	code, err := w.Desk(half.Add(10*time.Second)).Code(t.Context(), bookingtest.As(user), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$`).MatchString(code.Text) {
		t.Errorf("code: got %q, want three times four", code.Text)
	}
	same(t, "when it is no longer taken", code.Expires, half.Add(time.Minute))
	for _, c := range []struct {
		at    time.Time
		holds bool
	}{
		{half, true},
		{half.Add(29 * time.Second), true},
		{half.Add(30 * time.Second), true},
		{code.Expires.Add(-time.Microsecond), true},
		{code.Expires, false},
		{half.Add(time.Hour), false},
		{half.Add(-time.Microsecond), false}, // nobody can have it yet
	} {
		got, holds, form, err := w.Desk(c.at).ReadCode(t.Context(), strings.ToLower(code.Text))
		if err != nil || !form || got.ID != b.ID || holds != c.holds {
			t.Errorf(
				"%v after its half minute began: got %s, holds %v, form %v, %v; want %s, holds %v",
				c.at.Sub(half),
				got.ID,
				holds,
				form,
				err,
				b.ID,
				c.holds,
			)
		}
	}

	// In the same half minute the code is the same; in the next it is another.
	for at, wantSame := range map[time.Time]bool{half: true, half.Add(29 * time.Second): true, half.Add(30 * time.Second): false} {
		again, err := w.Desk(at).Code(t.Context(), bookingtest.As(user), b.ID)
		if err != nil || (again.Text == code.Text) != wantSame {
			t.Errorf("code %v into the half minute: got %q, %v beside %q; want the same: %v", at.Sub(half), again.Text, err, code.Text, wantSame)
		}
	}

	// The proof of one booking does for no other, and that of one key for no other.
	swapped := other.Ref + strings.ReplaceAll(code.Text, "-", "")[7:]
	_, holds, _, err := w.Desk(half).ReadCode(t.Context(), swapped)
	if err != nil || holds {
		t.Errorf("another booking's ref with this proof: got holds %v, %v; want false", holds, err)
	}
	foreign := w.Desk(half)
	foreign.CodeKeys = [][]byte{[]byte("another key, of thirty-two bytes or more")}
	if _, holds, _, err := foreign.ReadCode(t.Context(), code.Text); err != nil || holds {
		t.Errorf("a desk with another key: got holds %v, %v; want false", holds, err)
	}
	// A new key in front takes nothing away from codes on their way.
	foreign.CodeKeys = append(foreign.CodeKeys, w.Desk(half).CodeKeys...)
	if _, holds, _, err := foreign.ReadCode(t.Context(), code.Text); err != nil || !holds {
		t.Errorf("a desk with this key as its second one: got holds %v, %v; want true", holds, err)
	}
	fresh, err := foreign.Code(t.Context(), bookingtest.As(user), b.ID)
	if err != nil || fresh.Text == code.Text {
		t.Errorf("a code made there: %q, %v; want another than %q", fresh.Text, err, code.Text)
	}
	if _, holds, _, err := w.Desk(half).ReadCode(t.Context(), fresh.Text); err != nil || holds {
		t.Errorf("a desk without the new key: got holds %v, %v; want false", holds, err)
	}
	if _, _, _, err := w.Desk(half).ReadCode(t.Context(), "ZZZZ-ZZZZ-ZZZZ"); !errors.Is(err, booking.ErrNotFound) {
		t.Errorf("a code of no booking: got %v, want %v", err, booking.ErrNotFound)
	}
	if _, _, form, err := w.Desk(half).ReadCode(t.Context(), "hello"); err != nil || form {
		t.Errorf("what cannot be a code: got form %v, %v; want false", form, err)
	}
}

func TestCodeNeedsAConfirmedBooking(t *testing.T) {
	t.Parallel()
	w := world(t)
	s, user := w.Shop(t, 10), w.User(t)
	desk := w.Desk(bookingtest.Monday)
	held := s.Held(t, user, bookingtest.Opening, 1, bookingtest.Monday)
	gone := s.Confirmed(t, user, bookingtest.Opening, 1, bookingtest.Monday)
	if _, err := desk.Cancel(t.Context(), bookingtest.As(user), gone.ID); err != nil {
		t.Fatal(err)
	}
	for _, b := range []booking.Booking{held, gone} {
		if _, err := desk.Code(t.Context(), bookingtest.As(user), b.ID); !errors.Is(err, booking.ErrNoCode) {
			t.Errorf("code of a booking that is %s: got %v, want %v", b.State, err, booking.ErrNoCode)
		}
	}
}
