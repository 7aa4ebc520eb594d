package town

import (
	"math"
	"math/rand/v2"

	"corner/geo"
)

// center is in the old town, between Lindun Road and Pingjiang Road.
var center = geo.Point{Lat: 31.3115, Lng: 120.6290}

// Zone is the town's time zone.
const Zone = "Asia/Shanghai"

// street is a line along which shops stand. Its points are metres east and north of center.
type street struct {
	zh, en string
	busy   float64 // how many shops stand along it, in comparison
	canal  bool    // it has water on one side, and shops on the other only
	line   []spot
}

// spot is a position, in metres east and north of center.
type spot struct{ x, y float64 }

// point turns a spot into degrees: near enough on these 5 km, where the error of a
// plane is centimetres.
func (s spot) point() geo.Point {
	const perLat = 110_880.0 // metres of a degree of latitude at 31.3° N, WGS-84
	perLng := 111_415.0 * math.Cos(center.Lat*math.Pi/180)
	micro := func(deg float64) float64 { return math.Round(deg*1e6) / 1e6 }
	return geo.Point{Lat: micro(center.Lat + s.y/perLat), Lng: micro(center.Lng + s.x/perLng)}
}

func (s spot) to(o spot) float64 { return math.Hypot(s.x-o.x, s.y-o.y) }

// lot is where one shop can stand: a number of a street.
type lot struct {
	spot
	street *street
	number int
	weight float64 // how wanted it is
}

func (l lot) address() string {
	return "苏州市姑苏区" + l.street.zh + itoa(l.number) + "号 · " + itoa(l.number) + " " + l.street.en + ", Gusu, Suzhou"
}

// Distances of lots, in metres.
const (
	frontage = 7.0  // of one shop
	setback  = 9.0  // from the middle of the street
	tooClose = 5.0  // of two shops
	crossing = 11.0 // at either end of a street
)

// cores are where everybody goes: Guanqian Street, Pingjiang Road, Shantang Street and
// the south of Shiquan Street. reach is how far that can be felt.
var cores = []struct {
	spot
	pull, reach float64
}{
	{spot{-870, 100}, 1, 520}, {spot{140, 250}, 0.7, 420}, {spot{-3050, 1330}, 0.45, 350}, {spot{-300, -1650}, 0.4, 400},
}

// lots is every lot of the town, street by street.
func lots(rng *rand.Rand) []lot {
	var all []lot
	taken := map[[2]int]spot{}
	streets := table().streets
	for i := range streets {
		st := &streets[i]
		for _, l := range st.lots(rng) {
			if crowded(taken, l.spot) {
				continue // beside the corner house of a street before
			}
			taken[tile(l.spot)] = l.spot
			l.weight = st.busy * (0.12 + pull(l.spot))
			all = append(all, l)
		}
	}
	return all
}

// lots walks along the street and finds room on its sides, odd numbers on the left.
func (st *street) lots(rng *rand.Rand) []lot {
	var out []lot
	phase, n := rng.Float64()*2*math.Pi, 0
	walked := 0.0
	length := st.length()
	for k := 1; k < len(st.line); k++ {
		a, b := st.line[k-1], st.line[k]
		leg := a.to(b)
		ux, uy := (b.x-a.x)/leg, (b.y-a.y)/leg
		for at := 0.0; at < leg; at += frontage {
			n++
			here := walked + at
			if here < crossing || here > length-crossing {
				continue
			}
			for side := range 2 {
				if st.canal && side == 1 {
					continue
				}
				along := at + rng.Float64()*3 - 1.5
				// No old street is straight: it sways by some metres.
				off := setback + rng.Float64()*4
				if side == 1 {
					off = -off
				}
				off += 5 * math.Sin(here/85+phase)
				out = append(out, lot{
					spot:   spot{a.x + ux*along - uy*off, a.y + uy*along + ux*off},
					street: st, number: 2*n - 1 + side,
				})
			}
		}
		walked += leg
	}
	return out
}

func (st *street) length() float64 {
	sum := 0.0
	for k := 1; k < len(st.line); k++ {
		sum += st.line[k-1].to(st.line[k])
	}
	return sum
}

func pull(s spot) float64 {
	sum := 0.0
	for _, c := range cores {
		d := s.to(c.spot) / c.reach
		sum += c.pull * math.Exp(-d*d/2)
	}
	return sum
}

func tile(s spot) [2]int {
	return [2]int{int(math.Floor(s.x / tooClose)), int(math.Floor(s.y / tooClose))}
}

func crowded(taken map[[2]int]spot, s spot) bool {
	t := tile(s)
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			if o, ok := taken[[2]int{t[0] + dx, t[1] + dy}]; ok && o.to(s) < tooClose {
				return true
			}
		}
	}
	return false
}
