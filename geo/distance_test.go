package geo

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestDistanceAgainstKarney(t *testing.T) {
	t.Parallel()
	const rounding = 0.5e-4 // the file's four decimals
	for _, row := range fixture(t, "geodesic_vectors_a.csv") {
		a, b := pointOf(t, row, "lat1", "lon1"), pointOf(t, row, "lat2", "lon2")
		tolerance := rounding + 2e-6
		if row["kind"] == "long" {
			tolerance = rounding + 1.5e-4
		}
		got, want := float64(Distance(a, b)), number(t, row, "geodesic_m")
		if !(math.Abs(got-want) <= tolerance) {
			t.Errorf("%s: Distance(%v, %v): got %.6f, want %.4f", row["kind"], a, b, got, want)
		}
	}
}

func TestHaversineAgainstVectors(t *testing.T) {
	t.Parallel()
	for _, row := range fixture(t, "geodesic_vectors_a.csv") {
		a, b := pointOf(t, row, "lat1", "lon1"), pointOf(t, row, "lat2", "lon2")
		got, want := float64(Haversine(a, b)), number(t, row, "haversine_m")
		if !(math.Abs(got-want) <= 0.01) {
			t.Errorf("Haversine(%v, %v): got %.4f, want %.4f", a, b, got, want)
		}
	}
}

// TestNearAgainstVincenty compares the local formula with the series, at all latitudes
// and closely around the poles, up to the switch.
func TestNearAgainstVincenty(t *testing.T) {
	t.Parallel()
	const tolerance = 2e-6
	rng := rand.New(rand.NewPCG(1, 2))
	for _, scale := range []float64{1, 100, 5_000, 30_000, 99_000} {
		worst, n := 0.0, 0
		for n < 50_000 {
			a, b := randomPair(rng, scale)
			near := float64(between(a.Vector(), b.Vector()))
			series, ok := vincenty(a.Vector(), b.Vector())
			if !ok || near > nearLimit {
				continue
			}
			n++
			worst = math.Max(worst, math.Abs(near-series))
		}
		t.Logf("up to %6.0f m: differs by at most %.2g m", scale, worst)
		if worst > tolerance {
			t.Errorf("up to %.0f m: differs by %v m, want at most %v", scale, worst, tolerance)
		}
	}
}

func TestAroundTheGlobeAgainstVincenty(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]Point{
		{{0, 0}, {0.5, 179}}, {{30, 10}, {-29, -171.5}}, {{-45, 100}, {44, -80.9}}, {{10, 179}, {-11, 1}}, {{89, 0}, {-88, 170}},
	} {
		a, b := pair[0].Vector(), pair[1].Vector()
		want, ok := vincenty(a, b)
		if !ok {
			t.Fatalf("vincenty(%v) does not settle; take another pair", pair)
		}
		if got := aroundTheGlobe(a, b); math.Abs(got-want) > 1e-3 {
			t.Errorf("aroundTheGlobe(%v): got %.6f, want %.6f", pair, got, want)
		}
	}
	// Half the meridian from pole to pole is a known number: 20003931.4586 m.
	for _, pair := range [][2]Point{{{90, 0}, {-90, 0}}, {{0, 0}, {0, 180}}, {{30, 0}, {-30, 180}}} {
		if got := float64(Distance(pair[0], pair[1])); math.Abs(got-20003931.4586) > 2e-4 {
			t.Errorf("Distance(%v): got %.6f, want 20003931.4586", pair, got)
		}
	}
}

func TestDistanceLaws(t *testing.T) {
	t.Parallel()
	lat, lng := rapid.Float64Range(-90, 90), rapid.Float64Range(-180, 180)
	rapid.Check(t, func(t *rapid.T) {
		a := Point{lat.Draw(t, "lat1"), lng.Draw(t, "lng1")}
		b := Point{lat.Draw(t, "lat2"), lng.Draw(t, "lng2")}
		if rapid.Bool().Draw(t, "near") {
			b = Point{clamp(a.Lat+b.Lat/100, 90), clamp(a.Lng+b.Lng/100, 180)}
		}
		d, r := Distance(a, b), RulerAt(a)
		if back := Distance(b, a); back != d {
			t.Fatalf("Distance is %v there and %v back", d, back)
		}
		if got := r.Distance(b); got != d {
			t.Fatalf("Ruler.Distance: got %v, want %v", got, d)
		}
		if got := r.DistanceTo(b.Vector()); got != d {
			t.Fatalf("Ruler.DistanceTo: got %v, want %v", got, d)
		}
		for _, limit := range []Metres{d, d * 0.999999, d * 1.000001, 500, 50_000} {
			if got, want := r.Within(b, limit), d <= limit; got != want {
				t.Fatalf("Within(%v) at distance %v: got %v, want %v", limit, d, got, want)
			}
		}
		if Distance(a, a) != 0 {
			t.Fatalf("Distance(a, a) = %v", Distance(a, a))
		}
		if h := Haversine(a, b); h > 0.01 { // below, haversine's own rounding shows
			if ratio := float64(d / h); math.Abs(ratio-1) >= SphereSlack || math.Abs(1/ratio-1) >= SphereSlack {
				t.Fatalf("geodesic/haversine = %v", ratio)
			}
		}
	})
}

func TestDistanceAtTheEdges(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		a, b Point
		want float64
	}{
		{"one pole, two longitudes", Point{90, 10}, Point{90, -170}, 0},
		{"the antimeridian's two names", Point{10, 180}, Point{10, -180}, 0},
		{"over the south pole", Point{-89.9999, 90}, Point{-89.9999, -90}, 22.338796},
		{"across the antimeridian", Point{0, 179.9995}, Point{0, -179.9995}, 111.319491},
	} {
		if got := float64(Distance(tc.a, tc.b)); math.Abs(got-tc.want) > 1e-6 {
			t.Errorf("%s: got %.7f, want %.7f", tc.name, got, tc.want)
		}
	}
	if got := Distance(Point{math.NaN(), 0}, Point{1, 1}); !math.IsNaN(float64(got)) {
		t.Errorf("a NaN coordinate: got %v, want NaN", got)
	}
	if r := RulerAt(Point{1, 1}); r.Within(Point{math.NaN(), 0}, 1e9) {
		t.Error("a NaN coordinate is within")
	}
}

func TestDistanceDoesNotAllocate(t *testing.T) {
	a, b, c := Point{31.2, 121.4}, Point{31.3, 121.5}, Point{40, 10}
	r := RulerAt(a)
	if n := testing.AllocsPerRun(100, func() {
		_ = Distance(a, b) + Distance(a, c) + r.Distance(b)
		_ = r.Within(c, 100)
	}); n != 0 {
		t.Errorf("got %v allocations, want 0", n)
	}
}

// randomPair is a random point and one up to scale metres away; each fifth is at a pole.
func randomPair(rng *rand.Rand, scale float64) (a, b Point) {
	a = Point{math.Asin(2*rng.Float64()-1) * 180 / math.Pi, 360*rng.Float64() - 180}
	if rng.IntN(5) == 0 {
		a.Lat = math.Copysign(90-rng.Float64()*2*scale/111_000, a.Lat)
	}
	return a, offset(a, rng.Float64()*2*math.Pi, scale*rng.Float64())
}

// offset goes about the given metres from p on a sphere, over poles and antimeridian.
func offset(p Point, azimuth, metres float64) Point {
	const rad = math.Pi / 180
	sinD, cosD := math.Sincos(metres / EarthRadius)
	sinLat, cosLat := math.Sincos(p.Lat * rad)
	lat := math.Asin(clamp(sinLat*cosD+cosLat*sinD*math.Cos(azimuth), 1))
	lng := p.Lng*rad + math.Atan2(math.Sin(azimuth)*sinD*cosLat, cosD-sinLat*math.Sin(lat))
	return Point{clamp(lat/rad, 90), math.Remainder(lng/rad, 360)}
}

func clamp(v, limit float64) float64 { return math.Max(-limit, math.Min(limit, v)) }
