package geo

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestBoxContains(t *testing.T) {
	t.Parallel()
	fiji := Box{South: -20, West: 175, North: -10, East: -175}
	for _, c := range []struct {
		box  Box
		p    Point
		want bool
	}{
		{Box{31, 121, 32, 122}, Point{31.5, 121.5}, true},
		{Box{31, 121, 32, 122}, Point{31, 122}, true}, // edges belong to it
		{Box{31, 121, 32, 122}, Point{30.999, 121.5}, false},
		{Box{31, 121, 32, 122}, Point{31.5, -121.5}, false},
		{fiji, Point{-17, 179}, true},
		{fiji, Point{-17, -179}, true},
		{fiji, Point{-17, 180}, true},
		{fiji, Point{-17, 0}, false},
		{Box{-90, -180, 90, 180}, Point{12, 34}, true},
	} {
		if got := c.box.Contains(c.p); got != c.want {
			t.Errorf("%+v.Contains(%v) = %v, want %v", c.box, c.p, got, c.want)
		}
	}
	if got := fiji.Center(); got != (Point{-15, 180}) || fiji.Width() != 10 {
		t.Errorf("centre %v and width %v, want {-15 180} and 10", got, fiji.Width())
	}
}

// TestCoverBoxMissesNothing draws boxes everywhere, over poles, antimeridian and
// pentagons, and points in them and on their edges.
func TestCoverBoxMissesNothing(t *testing.T) {
	t.Parallel()
	points := somewhere()
	withCells := 0
	rapid.Check(t, func(t *rapid.T) {
		p := points.Draw(t, "p")
		height := rapid.SampledFrom([]float64{1e-5, 0.001, 0.02, 0.1, 0.5, 2, 60}).Draw(t, "height")
		width := rapid.SampledFrom([]float64{1e-5, 0.001, 0.02, 0.1, 0.5, 3, 90, 359}).Draw(t, "width")
		b := Box{South: max(-90, p.Lat-height/2), North: min(90, p.Lat+height/2), West: p.Lng - width/2, East: p.Lng + width/2}
		if b.West < -180 {
			b.West += 360
		}
		if b.East > 180 {
			b.East -= 360
		}
		a := CoverBox(b)
		if a.Cells != nil {
			withCells++
		}
		if len(a.Cells) > MaxCells {
			t.Fatalf("CoverBox(%+v): %d cells", b, len(a.Cells))
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		for range 200 {
			across := []float64{0, 1, rng.Float64(), rng.Float64()}
			q := Point{b.South + (b.North-b.South)*across[rng.IntN(4)], b.West + b.Width()*across[rng.IntN(4)]}
			if q.Lng > 180 {
				q.Lng -= 360
			}
			if Distance(a.Center, q) > a.Radius*1.0001 && a.Cells != nil {
				t.Fatalf("CoverBox(%+v) has radius %v, %v is farther", b, a.Radius, q)
			}
			checkPoint(t, a, q)
		}
	})
	if withCells == 0 {
		t.Error("no box had cells")
	}
}

func BenchmarkCoverBox(b *testing.B) {
	box := Box{31.15, 121.40, 31.28, 121.55}
	b.ReportAllocs()
	for b.Loop() {
		CoverBox(box)
	}
}
