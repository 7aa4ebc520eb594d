package mediatest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// Marked is a picture of w × h, light but for its dark upper left quarter, by which
// one sees how it has been turned.
func Marked(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, light)
			if x < w/2 && y < h/2 {
				m.Set(x, y, dark)
			}
		}
	}
	return m
}

var (
	light = color.RGBA{200, 200, 200, 255}
	dark  = color.RGBA{20, 20, 20, 255}
)

// JPEG encodes a picture, with the segments after its beginning.
func JPEG(m image.Image, segments ...[]byte) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		panic(err) // into memory, of a picture of our own
	}
	whole := b.Bytes()
	out := append([]byte{}, whole[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, whole[2:]...)
}

// Segment is one of a JPEG.
func Segment(marker byte, content []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(content)+2))
	return append(b, content...)
}

// PNG encodes a picture, with the chunks after its header.
func PNG(m image.Image, chunks ...[]byte) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err) // into memory, of a picture of our own
	}
	const header = 8 + 12 + 13 // signature and IHDR
	whole := b.Bytes()
	out := append([]byte{}, whole[:header]...)
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(out, whole[header:]...)
}

// Chunk is one of a PNG.
func Chunk(kind string, content []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(append(b, kind...), content...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// WebP is Marked as a lossless WebP of two greens, with the Exif after it: the least
// that the format needs (RFC 9649 §3), as Go has no encoder.
func WebP(w, h int, exif []byte) []byte {
	b := bits{}
	b.put(0x2f, 8)
	b.put(uint64(w-1), 14)
	b.put(uint64(h-1), 14)
	b.put(0, 1+3)                                       // no alpha; version
	b.put(0, 3)                                         // no transform, no colour cache, one group of codes
	b.put(1|1<<1|1<<2, 3)                               // green: a simple code, of two symbols, of 8 bits each
	b.put(uint64(20), 8)                                // bit 0
	b.put(uint64(200), 8)                               // bit 1
	for _, symbol := range []uint64{255, 255, 255, 0} { // red, blue, alpha, distance
		b.put(1|0<<1|1<<2, 3) // a simple code of one symbol, which takes no bits
		b.put(symbol, 8)
	}
	for y := range h {
		for x := range w {
			bit := uint64(1)
			if x < w/2 && y < h/2 {
				bit = 0
			}
			b.put(bit, 1)
		}
	}
	var flags [10]byte // VP8X: flags, then width and height less one in 24 bits
	if exif != nil {
		flags[0] = 0x08
	}
	binary.LittleEndian.PutUint32(flags[4:], uint32(w-1))
	binary.LittleEndian.PutUint32(flags[7-1:], uint32(flags[6])|uint32(h-1)<<8)
	body := append([]byte("WEBP"), riff("VP8X", flags[:])...)
	body = append(body, riff("VP8L", b.bytes)...)
	if exif != nil {
		body = append(body, riff("EXIF", exif)...)
	}
	return riff("RIFF", body)
}

func riff(kind string, content []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(content)))
	b = append(b, content...)
	if len(content)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

// bits is a stream of bits, the lowest of each byte first.
type bits struct {
	bytes []byte
	n     int
}

func (b *bits) put(v uint64, n int) {
	for i := range n {
		if b.n%8 == 0 {
			b.bytes = append(b.bytes, 0)
		}
		b.bytes[b.n/8] |= byte(v>>i&1) << (b.n % 8)
		b.n++
	}
}
