package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"
)

// Darkroom makes uploads into variants, with so much memory at one time.
type Darkroom struct {
	memory int64
	free   *semaphore.Weighted
}

// DarkroomMemory is enough for the largest picture that is taken, and for some of the
// usual ones at a time.
const DarkroomMemory = maxDecoded + drawing

// drawing is what shrinking takes at most, besides what was decoded.
const drawing = 100 << 20

// NewDarkroom has so many bytes to work with. A picture that takes more has all of it
// to itself.
func NewDarkroom(memory int64) *Darkroom {
	return &Darkroom{memory: memory, free: semaphore.NewWeighted(memory)}
}

// Develop makes an upload into its variants and their blobs, smallest first. It waits
// while others take the memory, until ctx ends. What cannot be used is refused: ErrHEIC,
// ErrFormat, ErrTooLarge, ErrTooManyPixels, or a fault of the input if it is broken.
func (d *Darkroom) Develop(ctx context.Context, upload []byte) ([]Print, error) {
	if len(upload) > MaxUpload {
		return nil, ErrTooLarge
	}
	f, err := measure(upload)
	if err != nil {
		return nil, err
	}
	need := min(f.decoded+drawing, d.memory)
	if err := d.free.Acquire(ctx, need); err != nil {
		return nil, fmt.Errorf("wait for the darkroom: %w", err)
	}
	defer d.free.Release(need)
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
