package geo

import (
	"fmt"
	"testing"
)

var shanghai, nearby = Point{31.2304, 121.4737}, Point{31.2412, 121.4891}

func BenchmarkCover(b *testing.B) {
	for _, radius := range []Metres{500, 2_000, 5_000, 20_000} {
		b.Run(fmt.Sprintf("%vm", radius), func(b *testing.B) {
			b.ReportAllocs()
			cells := 0
			for b.Loop() {
				cells = len(Cover(shanghai, radius).Cells)
			}
			b.ReportMetric(float64(cells), "cells")
		})
	}
}

func BenchmarkCellAt(b *testing.B) {
	for b.Loop() {
		CellAt(shanghai, FinestRes)
	}
}

func BenchmarkCells(b *testing.B) {
	for b.Loop() {
		Cells(shanghai)
	}
}

func BenchmarkDistance(b *testing.B) {
	for _, bc := range []struct {
		name string
		to   Point
	}{{"near", nearby}, {"far", Point{40.4, -3.7}}, {"antipodal", Point{-31.2, -58.6}}} {
		b.Run(bc.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Distance(shanghai, bc.to)
			}
		})
	}
}

func BenchmarkRuler(b *testing.B) {
	r, v := RulerAt(shanghai), nearby.Vector()
	b.Run("Distance", func(b *testing.B) {
		for b.Loop() {
			r.Distance(nearby)
		}
	})
	b.Run("DistanceTo", func(b *testing.B) {
		for b.Loop() {
			r.DistanceTo(v)
		}
	})
	b.Run("WithinNot", func(b *testing.B) {
		for b.Loop() {
			r.Within(nearby, 1_000)
		}
	})
}

func BenchmarkToWGS84(b *testing.B) {
	warmZones(b)
	for b.Loop() {
		if _, err := ToWGS84(shanghai, BD09); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkZone(b *testing.B) {
	warmZones(b)
	for b.Loop() {
		if _, err := Zone(shanghai); err != nil {
			b.Fatal(err)
		}
	}
}

// warmZones loads the zone data, which happens once a process.
func warmZones(b *testing.B) {
	b.Helper()
	if _, err := zoneFinder(); err != nil {
		b.Fatal(err)
	}
}
