package geo

import (
	"math"
	"slices"

	"github.com/uber/h3-go/v4"
)

// MaxCells is the most cells an [Area] has.
const MaxCells = 200

// Cover makes the Area of all points within radius of p, with the finest resolution
// of [IndexRes] at which the disc needs no more than [MaxCells] cells. Cells surely
// outside are left out, and none that touches the disc is.
//
// Every radius up to 80 km has cells, wherever p is. Above that it depends on how large
// H3's cells are there, and none above 140 km has: Cells is nil, no prefilter.
// A negative or NaN radius, or a point that is not finite, makes an empty Area.
func Cover(p Point, radius Metres) Area {
	area := Area{Center: p, Radius: radius, Res: -1}
	if !(radius >= 0) || !p.finite() {
		area.Res, area.Cells = FinestRes, []Cell{}
		return area
	}
	g := gridAt(p)
	for res := FinestRes; res >= CoarsestRes; res-- {
		g.zoom(res)
		if !g.mayFit(radius) {
			continue
		}
		if cells := g.cover(radius); len(cells) <= MaxCells {
			slices.Sort(cells)
			area.Res, area.Cells = res, cells
			break
		}
	}
	return area
}

// H3 lays its hexagons on the faces of an icosahedron around the unit sphere, where
// they are all of one size, and projects each face on the sphere from the centre (the
// gnomonic projection); geodetic latitude and longitude serve as angles of that sphere. So at an
// angle θ from a face's centre, lengths shrink by cos θ across and cos²θ along. All
// the bounds below follow from these facts, and no sampling.
const (
	gridUnit = 0.38196601125010500003 // distance of neighbours at resolution 0 on the face (H3: RES0_U_GNOMONIC)
	faceEdge = 0.65237                // radians from a face's centre to its corners, the farthest points

	// Farther than 1/√3 of the spacing no point of a hexagon is from its centre; but a point
	// may lie in a grandchild that juts out of the cell. The centres of one step's
	// children are 1/√7 of the spacing away, and so on: 1/√7 + 1/7 + … = 1/(√7 - 1).
	reach = 0.60763
)

// grid is H3's lattice of one resolution around a point, in radians of the unit sphere.
type grid struct {
	res     int
	at      Point
	unit    Vector  // at, on the unit sphere
	face    Vector  // the centre of its face
	theta   float64 // angle between the two
	spacing float64 // distance of neighbours on the face; an upper bound on the sphere
}

// gridAt is the lattice around p, of no resolution yet: zoom to one.
func gridAt(p Point) grid {
	g := grid{at: p, unit: direction(p)}
	best := -2.0
	for _, f := range faces() {
		if d := f.X*g.unit.X + f.Y*g.unit.Y + f.Z*g.unit.Z; d > best {
			best, g.face = d, f
		}
	}
	g.theta = math.Acos(math.Min(1, best))
	return g
}

func (g *grid) zoom(res int) {
	g.res, g.spacing = res, gridUnit*math.Pow(7, -float64(res)/2)
}

// mayFit reports false if the disc's area alone is more than that of MaxCells of the
// largest cells nearby.
func (g *grid) mayFit(radius Metres) bool {
	disc := float64(radius) / greatestRadius
	if disc > 0.05 {
		return false // 320 km; and no cap of the globe is taken for flat below
	}
	shrink := math.Cos(math.Max(0, g.theta-disc-2*g.spacing))
	largest := g.spacing * g.spacing * math.Sqrt(3) / 2 * shrink * shrink * shrink
	return 0.99*math.Pi*disc*disc <= MaxCells*largest
}

// cover lists all cells whose centre is so near that they, or a descendant, may touch the
// disc; it may stop early beyond MaxCells.
func (g *grid) cover(radius Metres) []Cell {
	disc := float64(radius) / leastRadius
	// The farther from the face's centre, the smaller the cells: take the largest and
	// smallest that the disc's surroundings may have.
	around := disc + 2*g.spacing
	limit := disc + reach*g.spacing*math.Cos(math.Max(0, g.theta-around))*1.001
	inner := math.Cos(math.Min(faceEdge, g.theta+around))
	// k rings make a hexagon that holds a circle of k·√3/2 spacings. A cell k+1 rings
	// from the middle cell is (k+1)·perRing or farther from its centre, which is within
	// limit - disc of the point: beyond need it is none of ours.
	perRing := math.Sqrt(3) / 2 * g.spacing * inner * inner
	need := 2*limit - disc
	k := int(need / perRing)
	disk, err := h3.GridDisk(h3.Cell(CellAt(g.at, g.res)), k)
	if err != nil {
		return make([]Cell, MaxCells+1) // cannot happen for a valid cell; take a coarser resolution
	}
	cells := make([]Cell, 0, min(len(disk), MaxCells+1))
	for _, c := range disk {
		if g.distance2(direction(Cell(c).Center())) <= limit*limit {
			if cells = append(cells, Cell(c)); len(cells) > MaxCells {
				break
			}
		}
	}
	return cells
}

// distance2 is the squared straight distance from the grid's point, never above the squared
// angle.
func (g *grid) distance2(v Vector) float64 {
	x, y, z := v.X-g.unit.X, v.Y-g.unit.Y, v.Z-g.unit.Z
	return x*x + y*y + z*z
}
