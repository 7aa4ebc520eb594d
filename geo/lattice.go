package geo

import (
	"math"
	"sync"

	"github.com/uber/h3-go/v4"
)

// lattice computes the centres of a disk of cells that lies on one face of H3's
// icosahedron. There the lattice is regular on the face's plane, so two of its vectors
// give every centre: 5 ns instead of the 300 ns of a call into H3.
type lattice struct {
	middle  Vector    // on the plane that touches the unit sphere at the face's centre
	corners [6]Vector // from the middle to its six neighbours, in H3's order
	rings   [][2]int  // for each index of the disk: its ring, its steps along the ring
}

// latticeOf tries the disk of k rings. It needs H3's spiral order, which H3 keeps where
// the disk has no pentagon, and a disk on one face; whether that is so shows in its
// six corners, each of which must be where the other two put it.
func (g *grid) latticeOf(disk []h3.Cell, k int) (lattice, bool) {
	if k == 0 || k >= len(spirals().size) || len(disk) != spirals().size[k] {
		return lattice{}, false
	}
	l := lattice{middle: g.onFace(disk[0]), rings: spirals().place}
	start := 3*k*(k-1) + 1 // where the last ring begins
	for side := range l.corners {
		c := g.onFace(disk[start+(side*k+6*k-1)%(6*k)])
		l.corners[side] = Vector{
			(c.X - l.middle.X) / float64(k),
			(c.Y - l.middle.Y) / float64(k),
			(c.Z - l.middle.Z) / float64(k),
		}
	}
	a, b := l.corners[0], l.corners[1]
	turned := Vector{b.X - a.X, b.Y - a.Y, b.Z - a.Z} // the next corner of a hexagon
	want := [6]Vector{a, b, turned, scaled(a, -1), scaled(b, -1), scaled(turned, -1)}
	tolerance := g.spacing / 1e4 / float64(k)
	for side, c := range l.corners {
		w := want[side]
		if !(math.Abs(c.X-w.X)+math.Abs(c.Y-w.Y)+math.Abs(c.Z-w.Z) < tolerance) {
			return lattice{}, false
		}
	}
	return l, true
}

// center is the centre of the disk's i-th cell on the unit sphere.
func (l *lattice) center(i int) Vector {
	ring, step := l.rings[i][0], l.rings[i][1]
	if ring == 0 {
		return unit(l.middle)
	}
	side, along := step/ring, float64(step%ring)
	a, b := l.corners[side], l.corners[(side+1)%6]
	back := float64(ring) - along
	return unit(Vector{
		l.middle.X + back*a.X + along*b.X,
		l.middle.Y + back*a.Y + along*b.Y,
		l.middle.Z + back*a.Z + along*b.Z,
	})
}

// onFace is a cell's centre projected on the plane of the grid's face.
func (g *grid) onFace(c h3.Cell) Vector {
	v := direction(Cell(c).Center())
	return scaled(v, 1/(v.X*g.face.X+v.Y*g.face.Y+v.Z*g.face.Z))
}

type spiral struct {
	place [][2]int // ring, steps along the ring
	size  []int    // cells in k rings
}

// spirals numbers the cells of disks of up to 20 rings as H3 lists them: ring by ring,
// around each, and the corner where a ring starts comes last.
var spirals = sync.OnceValue(func() spiral {
	var s spiral
	for ring := range 21 {
		for step := range max(1, 6*ring) {
			s.place = append(s.place, [2]int{ring, (step + 1) % max(1, 6*ring)})
		}
		s.size = append(s.size, len(s.place))
	}
	return s
})

// faces are the centres of the icosahedron's 20 faces. Its 12 corners are the
// centres of H3's pentagons, so no table of H3's need be copied.
var faces = sync.OnceValue(func() []Vector {
	pentagons, err := h3.Pentagons(0)
	if err != nil {
		panic("geo: H3 lists no pentagons: " + err.Error()) // a broken library
	}
	var v [12]Vector
	for i, c := range pentagons {
		v[i] = direction(Cell(c).Center())
	}
	adjacent := func(a, b Vector) bool { return a.X*b.X+a.Y*b.Y+a.Z*b.Z > 0.4 } // cos 63.4° = 0.447, the next is -0.447
	centers := make([]Vector, 0, 20)
	for i := range v {
		for j := range i {
			for k := range j {
				if adjacent(v[i], v[j]) && adjacent(v[j], v[k]) && adjacent(v[i], v[k]) {
					centers = append(centers, unit(Vector{
						v[i].X + v[j].X + v[k].X, v[i].Y + v[j].Y + v[k].Y, v[i].Z + v[j].Z + v[k].Z,
					}))
				}
			}
		}
	}
	return centers
})

// direction is p on the unit sphere, its latitude taken as an angle at the centre, as
// H3 does.
func direction(p Point) Vector {
	sinLat, cosLat := sincosDegrees(p.Lat)
	sinLng, cosLng := sincosDegrees(p.Lng)
	return Vector{cosLat * cosLng, cosLat * sinLng, sinLat}
}

func scaled(v Vector, by float64) Vector { return Vector{v.X * by, v.Y * by, v.Z * by} }
