package geo

import (
	"errors"
	"math"
	"strconv"

	"github.com/uber/h3-go/v4"
)

// Cell is the number of one H3 cell at some resolution; the zero Cell is none. Two
// cells of one resolution order by ancestors first, so near cells are often close in
// number, and the descendants of a cell are a range (see [ChildRange]).
//
// Bits, from the top: 1 zero, 4 mode, 3 zero, 4 resolution, 7 base cell, then 15
// digits of 3 bits, of which those finer than the resolution are 7
// (h3geo.org/docs/core-library/h3Indexing).
type Cell uint64

// An index stores each place under its cells of these resolutions, from 9 km of edge
// to 200 m.
const (
	CoarsestRes = 5
	FinestRes   = 9
)

// IndexRes are the resolutions an index stores, coarsest first.
var IndexRes = [5]int{5, 6, 7, 8, 9}

// ErrCell says that a text is not the name of an H3 cell.
var ErrCell = errors.New("geo: not an H3 cell")

// CellAt is the cell of resolution res (0 to 15) that holds p, or none if a
// coordinate is NaN or infinite or res is out of range.
//
// H3's children do not quite tile their parent: CellAt(p, 8) need not be
// CellAt(p, 9).Parent(8). An index wants [Cells].
func CellAt(p Point, res int) Cell {
	if !p.finite() {
		return 0
	}
	c, err := h3.LatLngToCell(h3.LatLng{Lat: p.Lat, Lng: p.Lng}, res)
	if err != nil {
		return 0
	}
	return Cell(c)
}

// Cells is what an index stores for p: CellAt(p, FinestRes) and its ancestors, in the
// order of [IndexRes].
func Cells(p Point) [5]Cell {
	finest := CellAt(p, FinestRes)
	var cells [5]Cell
	for i, res := range IndexRes {
		cells[i] = finest.Parent(res)
	}
	return cells
}

// ParseCell reads a cell from H3's hexadecimal text, such as "89411c86b7bffff". The
// error is [ErrCell].
func ParseCell(s string) (Cell, error) {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil || !Cell(n).Valid() {
		return 0, ErrCell
	}
	return Cell(n), nil
}

// Valid reports whether c is a cell.
func (c Cell) Valid() bool { return h3.Cell(c).IsValid() }

// String is H3's hexadecimal text of the cell.
func (c Cell) String() string { return strconv.FormatUint(uint64(c), 16) }

// Res is the cell's resolution.
func (c Cell) Res() int { return int(c >> 52 & 15) }

// Parent is the ancestor of c at resolution res, c itself at its own, and none for a
// finer one. It is done on the bits, without cgo.
func (c Cell) Parent(res int) Cell {
	if c == 0 || res < 0 || res > c.Res() {
		return 0
	}
	return c.withRes(res) | digitsBelow(res)
}

// Center is the cell's centre, or a point of NaNs for no cell.
func (c Cell) Center() Point {
	ll, err := h3.CellToLatLng(h3.Cell(c))
	if c == 0 || err != nil { // for 0, H3 finds a centre
		return Point{math.NaN(), math.NaN()}
	}
	return Point{ll.Lat, ll.Lng}
}

// ChildRange bounds the descendants of c at resolution res: they are just the cells of
// that resolution from first to last, both included. For a res coarser than c's, or
// no cell, both are none.
func ChildRange(c Cell, res int) (first, last Cell) {
	if c == 0 || res < c.Res() || res > 15 {
		return 0, 0
	}
	const sixes = Cell(0x1b6db6db6db6) // 15 digits of 6, the last child of every step
	own := digitsBelow(c.Res()) &^ digitsBelow(res)
	first = c.withRes(res) &^ own
	return first, first | sixes&own
}

func (c Cell) withRes(res int) Cell { return c&^(15<<52) | Cell(res)<<52 }

// digitsBelow has all bits set of the digits finer than res.
func digitsBelow(res int) Cell { return 1<<(3*(15-res)) - 1 }
