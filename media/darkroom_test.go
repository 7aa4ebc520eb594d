package media_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corner/media"
	"corner/media/mediatest"
)

func TestDeveloperInProcess(t *testing.T) {
	t.Parallel()
	mediatest.Developer(t, media.InProcess{})
}

// slow develops for as long as it is told, and notes what it had at once.
type slow struct {
	takes time.Duration

	mu           sync.Mutex
	order        []string // what was developed, as it began
	memory, most int64    // taken at present, and at most
	inside       map[string]int
}

// Develop implements media.Developer.
func (d *slow) Develop(_ context.Context, upload []byte, memory int64) ([]media.Print, error) {
	name := string(upload[len(upload)-2:])
	user := name[:1]
	d.mu.Lock()
	d.order = append(d.order, name)
	d.memory += memory
	d.most = max(d.most, d.memory)
	d.inside[user]++
	if d.inside[user] > 1 {
		panic("two pictures of " + user + " at once")
	}
	d.mu.Unlock()
	time.Sleep(d.takes)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.memory -= memory
	d.inside[user]--
	return nil, nil
}

// named is a picture that ends with a user's letter and a number.
func named(name string, w, h int) []byte {
	return append(mediatest.JPEG(mediatest.Marked(w, h)), name...)
}

// visit is a whole turn.
func visit(ctx context.Context, room *media.Darkroom, name string) error {
	turn, err := room.Enter(ctx, name[:1], named(name, 8, 8))
	if err != nil {
		return err
	}
	defer turn.Leave()
	_, err = turn.Develop(ctx)
	return err
}

// small is what the pictures of these tests take.
func small(t *testing.T) int64 {
	t.Helper()
	n, err := media.Need(named("a1", 8, 8))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestTurns: who sends many pictures waits behind everybody who sends one, and has one in the darkroom.
func TestTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &slow{takes: time.Second, inside: map[string]int{}}
		room := media.NewDarkroom(d, 2*small(t), 8)
		var wg sync.WaitGroup
		for _, name := range strings.Fields("a1 a2 a3 a4 b1 b2 c1 d1") {
			wg.Go(func() {
				if err := visit(t.Context(), room, name); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
			synctest.Wait() // they come one after the other
		}
		wg.Wait()
		// Two at once: a1 b1, then c1 d1, for they waited before a and b came again …
		round := func(from, to int) string {
			return fmt.Sprint(slices.Sorted(slices.Values(d.order[from:to])))
		}
		for i, want := range []string{"[a1 b1]", "[c1 d1]", "[a2 b2]"} {
			if got := round(2*i, 2*i+2); got != want {
				t.Errorf("round %d: %s, want %s (%v)", i, got, want, d.order)
			}
		}
		if got := fmt.Sprint(d.order[6:]); got != "[a3 a4]" {
			t.Errorf("at last %s, want [a3 a4] (%v)", got, d.order)
		}
		if want := 2 * small(t); d.most != want {
			t.Errorf("%d bytes at once, want %d", d.most, want)
		}
	})
}

// TestPlaces: however small the pictures, no more are developed at once than there are places.
func TestPlaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &slow{takes: time.Second, inside: map[string]int{}}
		room := media.NewDarkroom(d, 100*small(t), 3)
		var wg sync.WaitGroup
		for i := range 9 {
			wg.Go(func() {
				if err := visit(t.Context(), room, fmt.Sprintf("%c1", 'a'+i)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if want := 3 * small(t); d.most != want {
			t.Errorf("%d bytes at once, want %d", d.most, want)
		}
	})
}

// TestLongWait: who has waited for twenty seconds is asked to come again, and waits no longer; so is who
// has an album waiting. Who leaves leaves no gap.
func TestLongWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &slow{takes: time.Minute, inside: map[string]int{}}
		room := media.NewDarkroom(d, small(t), 1)
		var wg sync.WaitGroup
		wg.Go(func() { wantErr(t, "the first", visit(t.Context(), room, "a1"), nil) })
		synctest.Wait()
		left, leave := context.WithCancel(t.Context())
		wg.Go(func() { wantErr(t, "who leaves", visit(left, room, "b1"), context.Canceled) })
		for range media.MaxPhotos {
			wg.Go(func() { wantErr(t, "who waits long", visit(t.Context(), room, "c1"), media.ErrBusy) })
		}
		synctest.Wait()
		wantErr(t, "one more than an album", visit(t.Context(), room, "c2"), media.ErrBusy)
		leave()
		time.Sleep(50 * time.Second) // all of c have gone
		wg.Go(func() { wantErr(t, "who comes late", visit(t.Context(), room, "d1"), nil) })
		wg.Wait()
		if got := fmt.Sprint(d.order); got != "[a1 d1]" {
			t.Errorf("developed %s, want [a1 d1]", got)
		}
	})
}

// TestTooComplex: what takes more memory than there is is refused at once, and nothing waits behind it.
func TestTooComplex(t *testing.T) {
	t.Parallel()
	room := media.NewDarkroom(panics{}, small(t)+100_000, 1)
	_, err := room.Enter(t.Context(), "a", mediatest.PNG(mediatest.Marked(400, 300)))
	wantErr(t, "a picture that takes more", err, media.ErrTooComplex)
	turn, err := room.Enter(t.Context(), "a", named("a1", 8, 8))
	wantErr(t, "a small one", err, nil)
	turn.Leave()
	turn.Leave() // once is enough
	if _, err := room.Enter(t.Context(), "a", mediatest.HEIC()); !errors.Is(err, media.ErrHEIC) {
		t.Errorf("HEIC: got %v, want %v", err, media.ErrHEIC)
	}
}
