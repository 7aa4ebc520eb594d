package media

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// Bounds of an upload.
const (
	MaxUpload = 20 << 20    // bytes
	MaxSide   = 12_000      // pixels
	MaxPixels = 8192 * 6144 // what phones call 50 megapixels

	// maxDecoded bounds what decoding one picture takes, in bytes. A progressive JPEG of
	// all those pixels in full colour would take more; phones write none.
	maxDecoded = 400 << 20
)

// frame is what a picture says of itself before it is decoded.
type frame struct {
	format        Format
	width, height int
	decoded       int64 // bytes that decoding takes, at most
}

// measure reads a picture's header, and refuses what may not be decoded.
func measure(b []byte) (frame, error) {
	f := frame{format: Sniff(b)}
	config, err := f.config(b)
	if err != nil {
		return frame{}, err
	}
	f.width, f.height = config.Width, config.Height
	if f.width < 1 || f.height < 1 {
		return frame{}, broken()
	}
	if f.width > MaxSide || f.height > MaxSide || f.width*f.height > MaxPixels {
		return frame{}, ErrTooManyPixels
	}
	f.decoded = f.memory(b)
	if f.decoded > maxDecoded {
		return frame{}, ErrTooComplex
	}
	return f, nil
}

// config is what the decoder says of the header.
func (f frame) config(b []byte) (c image.Config, err error) {
	defer func() {
		if recover() != nil { // see decode
			err = broken()
		}
	}()
	switch r := bytes.NewReader(b); f.format {
	case JPEG:
		c, err = jpeg.DecodeConfig(r)
	case PNG:
		c, err = png.DecodeConfig(r)
	case WebP:
		c, err = webp.DecodeConfig(r)
	default:
		return c, unsupported(f.format)
	}
	return c, f.refusal(err)
}

// refusal puts a decoder's error into our words.
func (f frame) refusal(err error) error {
	if err == nil {
		return nil
	}
	if _, rare := errors.AsType[jpeg.UnsupportedError](err); rare {
		return unsupported(RareJPEG)
	}
	return broken()
}

// memory is how many bytes the decoder takes for the picture, at most: its pixels, and
// what it keeps until it has them.
func (f frame) memory(b []byte) int64 {
	pixels := int64(f.width) * int64(f.height)
	switch f.format {
	case JPEG:
		return f.jpegMemory(b)
	case PNG:
		perPixel := int64(4)
		if len(b) > 28 && b[24] == 16 { // bits a channel, in the IHDR
			perPixel = 8
		}
		if len(b) > 28 && b[28] != 0 { // interlaced: its last pass is a picture of its own
			perPixel = perPixel * 3 / 2
		}
		return pixels * perPixel
	}
	return pixels * 8 // lossless WebP: pixels, and what they are predicted from
}

// jpegMemory adds up the components: each is sampled as coarsely as the frame says, and
// a progressive one keeps its coefficients, four bytes each, until the last scan.
func (f frame) jpegMemory(b []byte) int64 {
	pixels := int64(f.width+16) * int64(f.height+16) // whole blocks
	for marker, content := range jpegSegments(b) {
		if marker != 0xc0 && marker != 0xc1 && marker != 0xc2 || len(content) < 6 {
			continue
		}
		perSample, components := int64(1), int(content[5])
		if marker == 0xc2 {
			perSample = 5
		}
		if len(content) < 6+3*components {
			break
		}
		var sum, finest int64
		for i := range components {
			sampling := content[7+3*i]
			area := int64(sampling>>4) * int64(sampling&15)
			sum, finest = sum+area, max(finest, area)
		}
		if finest == 0 {
			break
		}
		bytes := pixels * perSample * sum / finest
		if components == 4 || components == 3 && content[6] == 'R' {
			bytes += pixels * 4 // colours that are put together at the end
		}
		return bytes
	}
	return pixels * 20
}
