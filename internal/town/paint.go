package town

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
)

// The size of a painted shopfront, in pixels: enough for a phone's screen, and painted
// in a moment.
const (
	paintWidth  = 640
	paintHeight = 480
)

// Paint is a picture of a listing's shopfront, as a JPEG: the same for the same town
// and listing.
func (t *Town) Paint(listing int) ([]byte, error) {
	//nolint:gosec // G404: the same town must look the same, so it must be guessable
	rng := rand.New(rand.NewPCG(t.seed, 0x7061696e74<<16|uint64(listing)))
	c := canvas{image.NewRGBA(image.Rect(0, 0, paintWidth, paintHeight))}
	c.street(rng)
	c.house(rng)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, c, &jpeg.Options{Quality: 88}); err != nil {
		return nil, fmt.Errorf("paint listing %d: %w", listing, err)
	}
	return b.Bytes(), nil
}

// The colours of the old town: white walls and grey tiles, and shops that want to be
// seen.
var (
	walls = []color.RGBA{
		{0xf4, 0xf1, 0xe8, 255},
		{0xe9, 0xe2, 0xd3, 255},
		{0xdc, 0xd8, 0xcf, 255},
		{0xb9, 0x6a, 0x4e, 255},
		{0x9a, 0xa5, 0xa0, 255},
	}
	awnings = []color.RGBA{
		{0xb7, 0x28, 0x2e, 255},
		{0x1f, 0x6f, 0x54, 255},
		{0x24, 0x4f, 0x8b, 255},
		{0xd9, 0x8a, 0x1f, 255},
		{0x6b, 0x3f, 0x73, 255},
	}
	boards = []color.RGBA{{0x3a, 0x24, 0x18, 255}, {0x8c, 0x1c, 0x13, 255}, {0x12, 0x3c, 0x33, 255}, {0x22, 0x22, 0x22, 255}}
	gold   = color.RGBA{0xe8, 0xc6, 0x5a, 255}
	paper  = color.RGBA{0xfa, 0xf3, 0xdd, 255}
	slate  = color.RGBA{0x4a, 0x4d, 0x52, 255}
	lamp   = color.RGBA{0xd8, 0x2c, 0x20, 255}
)

func pick(rng *rand.Rand, from []color.RGBA) color.RGBA { return from[rng.IntN(len(from))] }

// canvas is what is painted on.
type canvas struct{ *image.RGBA }

// box fills from x0, y0 to before x1, y1.
func (c canvas) box(x0, y0, x1, y1 int, with color.RGBA) {
	r := image.Rect(x0, y0, x1, y1).Intersect(c.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := c.Pix[c.PixOffset(r.Min.X, y):c.PixOffset(r.Max.X, y)]
		for ; len(row) > 0; row = row[4:] {
			row[0], row[1], row[2], row[3] = with.R, with.G, with.B, 255
		}
	}
}

// disc fills a circle.
func (c canvas) disc(x, y, r int, with color.RGBA) {
	for dy := -r; dy <= r; dy++ {
		w := 0
		for (w+1)*(w+1)+dy*dy <= r*r {
			w++
		}
		c.box(x-w, y+dy, x+w+1, y+dy+1, with)
	}
}

// between is a colour on the way from a to b, at of whole.
func between(a, b color.RGBA, at, whole int) color.RGBA {
	mix := func(p, q uint8) uint8 { return uint8((int(p)*(whole-at) + int(q)*at) / whole) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// street paints the sky above and the stones below, at some hour of the day.
func (c canvas) street(rng *rand.Rand) {
	skies := [][2]color.RGBA{
		{{0x7f, 0xb2, 0xe5, 255}, {0xe6, 0xf0, 0xf7, 255}},
		{{0xc9, 0xcf, 0xd4, 255}, {0xea, 0xea, 0xe6, 255}},
		{{0x3b, 0x4a, 0x78, 255}, {0xf0, 0xa2, 0x6a, 255}},
	}
	sky := skies[rng.IntN(len(skies))]
	for y := range 400 {
		c.box(0, y, paintWidth, y+1, between(sky[0], sky[1], y, 400))
	}
	stone := color.RGBA{0x8d, 0x8a, 0x84, 255}
	c.box(0, 400, paintWidth, paintHeight, stone)
	for row := range 4 {
		for x := -rng.IntN(60); x < paintWidth; x += 62 {
			c.box(x, 402+20*row, x+60, 420+20*row, between(stone, color.RGBA{255, 255, 255, 255}, rng.IntN(20), 100))
		}
	}
}

// house paints a house with a shop in it.
func (c canvas) house(rng *rand.Rand) {
	left, right := 40+rng.IntN(50), paintWidth-40-rng.IntN(50)
	top := 90 + rng.IntN(40)
	wall := pick(rng, walls)
	for _, next := range [][2]int{{0, left}, {right, paintWidth}} { // the neighbours, in their shade
		c.box(next[0], 170+rng.IntN(60), next[1], 400, between(pick(rng, walls), slate, 4, 10))
	}
	c.box(left, top, right, 400, wall)
	for row := range 4 { // the roof, wider at the eaves
		c.box(left-12-4*row, top-24+6*row, right+12+4*row, top-24+6*row+5, between(slate, wall, row, 10))
	}
	for x := left + 30; x+46 < right-20; x += 90 { // windows upstairs
		c.box(x, top+14, x+46, top+52, slate)
		c.box(x+3, top+17, x+22, top+49, between(paper, gold, rng.IntN(10), 10))
		c.box(x+24, top+17, x+43, top+49, between(paper, gold, rng.IntN(10), 10))
	}
	c.sign(rng, left+20, right-20, 185)
	c.front(rng, left+24, right-24, 262)
	c.awning(rng, left+8, right-8, 232)
	if rng.IntN(2) == 0 {
		for _, x := range []int{left + 16, right - 16} { // a pair of lanterns
			c.box(x-1, 232, x+2, 250, slate)
			c.disc(x, 264, 14, lamp)
			c.box(x-6, 250, x+7, 253, gold)
			c.box(x-6, 276, x+7, 279, gold)
		}
	}
}

// sign paints the board, and strokes on it for the characters that nobody can read.
func (c canvas) sign(rng *rand.Rand, left, right, y int) {
	c.box(left, y, right, y+42, pick(rng, boards))
	c.box(left+3, y+3, right-3, y+5, gold)
	c.box(left+3, y+37, right-3, y+39, gold)
	n := 3 + rng.IntN(4)
	step := (right - left) / (n + 1)
	for i := range n {
		x := left + step*(i+1) - 12
		for range 4 {
			a, b := rng.IntN(18), rng.IntN(18)
			c.box(x+a/3, y+10+b, x+24-a/3, y+13+b, gold)
			c.box(x+a, y+9, x+a+3, y+32-b/2, gold)
		}
	}
}

// awning paints stripes that end in arcs.
func (c canvas) awning(rng *rand.Rand, left, right, y int) {
	colour := pick(rng, awnings)
	const width = 28
	for i, x := 0, left; x < right; i, x = i+1, x+width {
		with := colour
		if i%2 == 1 {
			with = paper
		}
		end := min(x+width, right)
		c.box(x, y, end, y+24, with)
		c.disc((x+end)/2, y+23, (end-x)/2, with)
	}
}

// front paints what stands at the street: a door, and a window with things in it.
func (c canvas) front(rng *rand.Rand, left, right, y int) {
	dark := between(pick(rng, boards), slate, 1, 2)
	light := between(gold, paper, 5+rng.IntN(5), 10)
	door := left + rng.IntN(right-left-110)
	c.box(left, y, right, 400, dark)
	c.box(left+8, y+8, right-8, 352, light)
	for x := left + 18; x+26 < right-8; x += 34 { // what is for sale, in two rows
		for _, shelf := range []int{y + 44, y + 82} {
			high := 10 + rng.IntN(18)
			c.box(x, shelf-high, x+22, shelf, pick(rng, awnings))
			c.box(left+8, shelf, right-8, shelf+3, dark)
		}
	}
	c.box(door, y, door+100, 400, dark)
	c.box(door+8, y+8, door+92, 396, between(light, wallShadow, 3, 10))
	c.box(door+49, y+8, door+52, 396, dark)
	c.disc(door+42, y+74, 4, gold)
	c.disc(door+59, y+74, 4, gold)
}

var wallShadow = color.RGBA{0x55, 0x44, 0x33, 255}
