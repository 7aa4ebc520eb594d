package geo

import "slices"

// Area is the disc of all points within Radius of Center, or a box, with the cells that
// cover it. [Cover] and [CoverBox] make it.
type Area struct {
	Center Point
	Radius Metres
	Box    *Box // nil: the disc; else the box, which the disc encloses

	// Res is the resolution of Cells, CoarsestRes to FinestRes; -1 when Cells is nil.
	Res int
	// Cells, in ascending order, are at most [MaxCells] and hold each point of the disc.
	// Nil means no prefilter: the disc is too wide for MaxCells cells, and a reader
	// must look at every place, or refuse. Empty but not nil means the disc is empty.
	Cells []Cell
}

// Contains reports whether p lies in the box, or in the disc: Distance(Center, p) <=
// Radius, exactly. To test many points, take RulerAt(a.Center) and Within.
func (a Area) Contains(p Point) bool {
	if a.Box != nil {
		return a.Box.Contains(p)
	}
	return Distance(a.Center, p) <= a.Radius
}

// Covers reports whether c, a cell of a.Res or finer, lies in one of the cells, or the
// Area has no prefilter. It is false for coarser cells.
func (a Area) Covers(c Cell) bool {
	if a.Cells == nil {
		return true
	}
	_, found := slices.BinarySearch(a.Cells, c.Parent(a.Res))
	return found
}
