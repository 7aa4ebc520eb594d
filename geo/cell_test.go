package geo

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/uber/h3-go/v4"
	"pgregory.net/rapid"
)

func TestCellsAgainstH3Vectors(t *testing.T) {
	t.Parallel()
	for _, row := range sharedData(t, "h3_cells_of_merchants_a.csv") {
		p := pointOf(t, row, "lat", "lon")
		for column, res := range map[string]int{"r5": 5, "r7": 7, "r8": 8, "r9": 9, "r10": 10} {
			if got := CellAt(p, res).String(); got != row[column] {
				t.Errorf("%s: CellAt(%v, %d): got %s, want %s", row["id"], p, res, got, row[column])
			}
		}
		if got := CellAt(p, 10).Parent(9).String(); got != row["r9_parent_of_r10"] {
			t.Errorf("%s: parent: got %s, want %s", row["id"], got, row["r9_parent_of_r10"])
		}
		disk, err := h3.GridDisk(h3.Cell(CellAt(p, 9)), 1)
		var names []string
		for _, c := range disk {
			names = append(names, Cell(c).String())
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); err != nil || got != row["r9_disk1_sorted"] {
			t.Errorf("%s: disk: got %s, %v, want %s", row["id"], got, err, row["r9_disk1_sorted"])
		}
	}
}

func TestCellCentersAgainstH3Vectors(t *testing.T) {
	t.Parallel()
	for _, row := range sharedData(t, "h3_cell_centers_a.csv") {
		c, err := ParseCell(row["cell"])
		if err != nil {
			t.Errorf("ParseCell(%s): %v", row["cell"], err)
			continue
		}
		res, want := int(number(t, row, "res")), pointOf(t, row, "lat", "lng")
		if c.Res() != res {
			t.Errorf("%s: got res %d, want %d", row["cell"], c.Res(), res)
		}
		if got := CellAt(want, res); got != c {
			t.Errorf("CellAt(%v, %d): got %v, want %v", want, res, got, c)
		}
		if got := CellAt(c.Center(), res); got != c {
			t.Errorf("the cell at the centre of %v is %v", c, got)
		}
		// The random rows give some point of the cell, the others its centre.
		if got := c.Center(); row["kind"] != "random" && !near(got, want, 1e-6) {
			t.Errorf("%s: got centre %v, want %v", row["cell"], got, want)
		}
	}
}

func TestParseCell(t *testing.T) {
	t.Parallel()
	const name = "89411c86b7bffff"
	c, err := ParseCell(name)
	if err != nil || c.String() != name || c.Res() != 9 || !c.Valid() {
		t.Errorf("ParseCell(%s): got %v, res %d, %v", name, c, c.Res(), err)
	}
	for _, bad := range []string{"", "0", "x", "89411c86b7bfff", "ffffffffffffffff", "-89411c86b7bffff", "189411c86b7bffff", " 89411c86b7bffff"} {
		if got, err := ParseCell(bad); !errors.Is(err, ErrCell) || got != 0 {
			t.Errorf("ParseCell(%q): got %v, %v, want ErrCell", bad, got, err)
		}
	}
}

func TestNoCell(t *testing.T) {
	t.Parallel()
	for _, got := range []Cell{
		CellAt(Point{math.NaN(), 0}, 9), CellAt(Point{0, math.Inf(-1)}, 9), CellAt(Point{1, 1}, 16), CellAt(Point{1, 1}, -1),
		Cell(0).Parent(5), CellAt(Point{1, 1}, 8).Parent(9), CellAt(Point{1, 1}, 8).Parent(-1),
	} {
		if got != 0 {
			t.Errorf("got %v, want none", got)
		}
	}
	if first, last := ChildRange(CellAt(Point{1, 1}, 8), 7); first != 0 || last != 0 {
		t.Errorf("a coarser ChildRange: got %v, %v, want none", first, last)
	}
	if c := Cell(0).Center(); !math.IsNaN(c.Lat) {
		t.Errorf("centre of none: got %v", c)
	}
}

func TestCellLaws(t *testing.T) {
	t.Parallel()
	points := somewhere()
	rapid.Check(t, func(t *rapid.T) {
		p, q := points.Draw(t, "p"), points.Draw(t, "q")
		cells := Cells(p)
		finest, other := CellAt(p, FinestRes), CellAt(q, FinestRes)
		for i, res := range IndexRes {
			want, err := h3.Cell(finest).Parent(res)
			if err != nil || cells[i] != Cell(want) {
				t.Fatalf("res %d: got %v, want %v, %v", res, cells[i], want, err)
			}
			first, last := ChildRange(cells[i], FinestRes)
			if !first.Valid() || !last.Valid() || finest < first || finest > last {
				t.Fatalf("res %d: %v is not in %v..%v", res, finest, first, last)
			}
			if in, descends := other >= first && other <= last, other.Parent(res) == cells[i]; in != descends {
				t.Fatalf("%v in %v..%v: %v, but a descendant of %v: %v", other, first, last, in, cells[i], descends)
			}
		}
	})
}

// somewhere draws points all over the globe, and more often than not at its awkward
// places: poles, antimeridian, the 12 pentagons, the icosahedron's edges.
func somewhere() *rapid.Generator[Point] {
	pentagons, _ := h3.Pentagons(FinestRes)
	return rapid.Custom(func(t *rapid.T) Point {
		var base Point
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			base = Point{rapid.SampledFrom([]float64{90, -90}).Draw(t, "pole"), 0}
		case 1:
			base = Point{rapid.Float64Range(-90, 90).Draw(t, "lat"), 180}
		case 2:
			base = Cell(rapid.SampledFrom(pentagons).Draw(t, "pentagon")).Center()
		case 3: // between two faces' centres lies an edge
			all := faces()
			f, g := rapid.SampledFrom(all).Draw(t, "f"), rapid.SampledFrom(all).Draw(t, "g")
			if f.X*g.X+f.Y*g.Y+f.Z*g.Z < 0.7 {
				g = Vector{f.Y, -f.X, f.Z}
			}
			base = pointOfDirection(unit(Vector{f.X + g.X, f.Y + g.Y, f.Z + g.Z}))
		default:
			return Point{rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lng")}
		}
		return offset(base, rapid.Float64Range(0, 2*math.Pi).Draw(t, "azimuth"), rapid.Float64Range(0, 60_000).Draw(t, "off"))
	})
}

func pointOfDirection(v Vector) Point {
	return Point{math.Asin(v.Z) * 180 / math.Pi, math.Atan2(v.Y, v.X) * 180 / math.Pi}
}
