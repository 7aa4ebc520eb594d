package media

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// sides is the longer side of each size at most, in pixels.
var sides = map[Size]int{Thumb: 160, Small: 480, Large: 1600}

// shrink draws m on white, its longer side at most so long. First it averages whole
// blocks of pixels, strip by strip, so that nothing of the size of m is made, and
// nothing fine in it becomes a moiré; then it draws what is left, less than twice too
// large.
func shrink(m image.Image, side int) *image.RGBA {
	b := m.Bounds()
	halved := average(m, max(1, max(b.Dx(), b.Dy())/side))
	size := fit(b.Size(), side)
	if halved.Rect.Size() == size {
		return halved
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.ApproxBiLinear.Scale(out, out.Rect, halved, halved.Rect, draw.Src, nil)
	return out
}

// shrinkFine draws m smaller with a finer filter, whose memory only small pictures can
// afford.
func shrinkFine(m *image.RGBA, side int) *image.RGBA {
	size := fit(m.Rect.Size(), side)
	if m.Rect.Size() == size {
		return m
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.CatmullRom.Scale(out, out.Rect, m, m.Rect, draw.Src, nil)
	return out
}

// fit is size with its longer side at most so long, in the same proportion.
func fit(size image.Point, side int) image.Point {
	longer := max(size.X, size.Y)
	if longer <= side {
		return size
	}
	part := func(n int) int { return max(1, (n*side+longer/2)/longer) }
	return image.Pt(part(size.X), part(size.Y))
}

// average is m on white with one pixel for each block of n × n; the blocks at the
// right and the bottom may be smaller.
func average(m image.Image, n int) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, (b.Dx()+n-1)/n, (b.Dy()+n-1)/n))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), n))
	white := image.NewUniform(color.White)
	for y := range out.Rect.Dy() {
		rows := min(n, b.Dy()-y*n)
		area := image.Rect(0, 0, b.Dx(), rows)
		draw.Draw(strip, area, white, image.Point{}, draw.Src)
		draw.Draw(strip, area, m, image.Pt(b.Min.X, b.Min.Y+y*n), draw.Over)
		averageStrip(out.Pix[y*out.Stride:(y+1)*out.Stride], strip, rows, n)
	}
	return out
}

// averageStrip fills a row of pixels with the averages of a strip's blocks.
func averageStrip(row []byte, strip *image.RGBA, rows, n int) {
	if n == 1 {
		copy(row, strip.Pix)
		return
	}
	width := strip.Rect.Dx()
	for x := range len(row) / 4 {
		from, to := x*n, min((x+1)*n, width)
		var r, g, b int
		for y := range rows {
			for p := strip.Pix[y*strip.Stride+4*from : y*strip.Stride+4*to]; len(p) > 0; p = p[4:] {
				r, g, b = r+int(p[0]), g+int(p[1]), b+int(p[2])
			}
		}
		all := rows * (to - from)
		half := all / 2
		row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = byte((r+half)/all), byte((g+half)/all), byte((b+half)/all), 255
	}
}

// turn is m turned as Exif's orientation asks.
func turn(m *image.RGBA, orientation int) *image.RGBA {
	if orientation == upright {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	from := turns[orientation]
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			sx, sy := from(x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], m.Pix[m.PixOffset(sx, sy):][:4])
		}
	}
	return out
}

// turns is, for each orientation, from where in a picture of w × h the pixel at x, y of
// the upright one comes.
var turns = map[int]func(x, y, w, h int) (int, int){
	2: func(x, y, w, _ int) (int, int) { return w - 1 - x, y },
	3: func(x, y, w, h int) (int, int) { return w - 1 - x, h - 1 - y },
	4: func(x, y, _, h int) (int, int) { return x, h - 1 - y },
	5: func(x, y, _, _ int) (int, int) { return y, x },
	6: func(x, y, _, h int) (int, int) { return y, h - 1 - x },
	7: func(x, y, w, h int) (int, int) { return w - 1 - y, h - 1 - x },
	8: func(x, y, w, _ int) (int, int) { return w - 1 - y, x },
}
