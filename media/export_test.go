package media

import "image"

// What tests look at from inside.

// Fit is fit.
func Fit(w, h, side int) (int, int) {
	p := fit(image.Pt(w, h), side)
	return p.X, p.Y
}

// Shrink is shrink.
func Shrink(m image.Image, side int) *image.RGBA { return shrink(m, side) }

// Memory is what decoding a picture is thought to take.
func Memory(b []byte) (int64, error) {
	f, err := measure(b)
	return f.decoded, err
}
