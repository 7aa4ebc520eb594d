package geo

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/uber/h3-go/v4"
	"pgregory.net/rapid"
)

func checkArea(t rapid.TB, a Area) {
	t.Helper()
	if a.Cells == nil {
		if a.Res != -1 || a.Radius <= 80_000 {
			t.Fatalf("Cover(%v, %v): no cells, res %d", a.Center, a.Radius, a.Res)
		}
		return
	}
	if len(a.Cells) > MaxCells || a.Radius > 140_000 {
		t.Fatalf("Cover(%v, %v): %d cells", a.Center, a.Radius, len(a.Cells))
	}
	if !slices.IsSorted(a.Cells) || len(slices.Compact(slices.Clone(a.Cells))) != len(a.Cells) {
		t.Fatalf("Cover(%v, %v): cells out of order or double", a.Center, a.Radius)
	}
	for _, c := range a.Cells {
		if !c.Valid() || c.Res() != a.Res {
			t.Fatalf("Cover(%v, %v): res %d, cell %v of res %d", a.Center, a.Radius, a.Res, c, c.Res())
		}
	}
}

// checkPoint holds the law: what Contains, the cells cover, by both ways to name a cell.
func checkPoint(t rapid.TB, a Area, q Point) {
	t.Helper()
	if !a.Contains(q) || a.Cells == nil {
		return
	}
	finest := CellAt(q, FinestRes)
	if !a.Covers(finest) {
		t.Fatalf("Cover(%v, %v) contains %v but misses its cell %v", a.Center, a.Radius, q, finest)
	}
	if c := CellAt(q, a.Res); !a.Covers(c) {
		t.Fatalf("Cover(%v, %v) contains %v but misses %v", a.Center, a.Radius, q, c)
	}
}

func TestCoverMissesNothing(t *testing.T) {
	t.Parallel()
	points := somewhere()
	rapid.Check(t, func(t *rapid.T) {
		p := points.Draw(t, "p")
		radius := math.Pow(10, rapid.Float64Range(-1, 5.2).Draw(t, "log10 radius"))
		a := Cover(p, Metres(radius))
		checkArea(t, a)
		checkPoint(t, a, p)
		seed := rapid.Uint64().Draw(t, "seed")
		rng := rand.New(rand.NewPCG(seed, 0))
		for range 300 { // most of them close inside the rim, where misses would be
			part := 1 - math.Pow(rng.Float64(), 4)*0.999
			checkPoint(t, a, offset(p, rng.Float64()*2*math.Pi, radius*part*1.004))
		}
	})
}

// TestCoverAtEveryPentagon lays discs on and around all of them at all resolutions.
func TestCoverAtEveryPentagon(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for _, res := range IndexRes {
		pentagons, err := h3.Pentagons(res)
		if err != nil {
			t.Fatal(err)
		}
		for _, pentagon := range pentagons {
			for _, radius := range []float64{1, 500, 2_000, 5_000, 20_000, 50_000, 80_000} {
				p := offset(Cell(pentagon).Center(), rng.Float64()*2*math.Pi, radius*1.5*rng.Float64())
				a := Cover(p, Metres(radius))
				checkArea(t, a)
				for range 200 {
					checkPoint(t, a, offset(p, rng.Float64()*2*math.Pi, radius*math.Sqrt(rng.Float64())))
				}
			}
		}
	}
}

// TestCoverDropsWhatIsFar holds the over-cover down: each cell may hold a point of the
// disc, by the cell's own size there.
func TestCoverDropsWhatIsFar(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2_000 {
		p, _ := randomPair(rng, 1)
		radius := Metres(math.Pow(10, 1+3.9*rng.Float64()))
		a := Cover(p, radius)
		for _, c := range a.Cells {
			boundary, err := h3.CellToBoundary(h3.Cell(c))
			if err != nil {
				t.Fatal(err)
			}
			size := Metres(0)
			for _, v := range boundary {
				size = max(size, Distance(c.Center(), Point{v.Lat, v.Lng}))
			}
			if d := Distance(p, c.Center()); d > radius*1.02+size*1.35 {
				t.Fatalf("Cover(%v, %v) holds %v, %v m away, of size %v", p, radius, c, d, size)
			}
		}
	}
}

func TestFaces(t *testing.T) {
	t.Parallel()
	if got := len(faces()); got != 20 {
		t.Fatalf("got %d faces, want 20", got)
	}
	pentagons, _ := h3.Pentagons(0)
	for _, c := range pentagons {
		if theta := gridAt(Cell(c).Center()).theta; math.Abs(theta-faceEdge) > 1e-4 || theta > faceEdge {
			t.Errorf("a corner is %v from its face's centre, want just below %v", theta, faceEdge)
		}
	}
}

func TestCoverOfNothing(t *testing.T) {
	t.Parallel()
	for _, a := range []Area{
		Cover(Point{1, 1}, -1), Cover(Point{1, 1}, Metres(math.NaN())), Cover(Point{math.NaN(), 1}, 100), Cover(Point{1, math.Inf(1)}, 100),
	} {
		if a.Cells == nil || len(a.Cells) != 0 || a.Contains(Point{1, 1}) || a.Covers(CellAt(Point{1, 1}, 9)) {
			t.Errorf("got %+v, want an empty area", a)
		}
	}
}

func TestCoverPicksTheResolution(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		radius Metres
		res    int // in Shanghai
	}{
		{0, 9},
		{500, 9},
		{1_000, 9},
		{2_000, 9},
		{5_000, 8},
		{10_000, 7},
		{20_000, 6},
		{50_000, 5},
		{80_000, 5},
		{150_000, -1},
		{1e9, -1},
		{Metres(math.Inf(1)), -1},
	} {
		a := Cover(Point{31.2304, 121.4737}, tc.radius)
		t.Logf("%8.0f m: res %d, %d cells", tc.radius, a.Res, len(a.Cells))
		if a.Res != tc.res {
			t.Errorf("radius %v: got res %d with %d cells, want %d", tc.radius, a.Res, len(a.Cells), tc.res)
		}
	}
}
