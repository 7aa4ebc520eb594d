package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// InProcess develops in this process: what decoding leaves behind stays until the collector comes.
type InProcess struct{}

// Develop implements Developer. It is not broken off halfway.
func (InProcess) Develop(ctx context.Context, upload []byte, _ int64) ([]Print, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(upload) > MaxUpload {
		return nil, ErrTooLarge
	}
	f, err := measure(upload)
	if err != nil {
		return nil, err
	}
	decoded, err := f.decode(upload)
	if err != nil {
		return nil, err
	}
	return prints(turn(shrink(decoded, sides[Large]), Orientation(upload)))
}

// decode is the picture. The decoders are fuzzed, and yet others' code over anybody's
// bytes: should one panic, the picture is broken, not the program.
func (f frame) decode(b []byte) (m image.Image, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, broken()
		}
	}()
	switch r := bytes.NewReader(b); f.format {
	case JPEG:
		m, err = jpeg.Decode(r)
	case PNG:
		m, err = png.Decode(r)
	case WebP:
		m, err = webp.Decode(r)
	default:
		return nil, unsupported(f.format)
	}
	if err := f.refusal(err); err != nil {
		return nil, err
	}
	return m, nil
}

// Print is a variant and its blob.
type Print struct {
	Variant
	Content []byte
}

// quality is that of the JPEGs: above it photos of shops grow faster than they gain.
const quality = 82

// prints draws an upright picture in all sizes.
func prints(large *image.RGBA) ([]Print, error) {
	small := shrinkFine(large, sides[Small])
	thumb := shrinkFine(small, sides[Thumb])
	var all []Print
	for _, p := range []struct {
		size Size
		m    *image.RGBA
	}{{Thumb, thumb}, {Small, small}, {Large, large}} {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, p.m, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("encode the %s variant: %w", p.size, err)
		}
		v := Variant{Size: p.size, Width: p.m.Rect.Dx(), Height: p.m.Rect.Dy(), Bytes: b.Len(), Digest: DigestOf(b.Bytes())}
		all = append(all, Print{v, b.Bytes()})
	}
	return all, nil
}
