package geo

import (
	"sync"

	"github.com/uber/h3-go/v4"
)

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
