package mediatest

import (
	"encoding/binary"
	"image"
)

// Secrets are texts that Phoned hides in a picture, wherever phones and editors do.
// None of them may be in what is kept.
var Secrets = []string{
	"SECRET-MAKE",
	"SECRET-GPS-DATUM",
	"SECRET-XMP",
	"SECRET-ICC",
	"SECRET-COMMENT",
	"Exif",
	"adobe.com/xap",
	"ICC_PROFILE",
}

// Exif is a TIFF block as phones write it: orientation, maker, and a position.
func Exif(orientation int) []byte {
	const (
		ifd0      = 8
		entries   = 3
		maker     = ifd0 + 2 + entries*12 + 4
		gps       = maker + 12
		gpsValues = gps + 2 + 3*12 + 4
	)
	b := []byte("MM\x00*")
	u16 := func(v int) { b = binary.BigEndian.AppendUint16(b, uint16(v)) }
	u32 := func(v int) { b = binary.BigEndian.AppendUint32(b, uint32(v)) }
	entry := func(tag, kind, n, value int) { u16(tag); u16(kind); u32(n); u32(value) }
	u32(ifd0)
	u16(entries)
	entry(0x010f, 2, 12, maker)
	entry(0x0112, 3, 1, orientation<<16)
	entry(0x8825, 4, 1, gps)
	u32(0)
	b = append(b, "SECRET-MAKE\x00"...)
	u16(3)
	entry(0x0001, 2, 2, 'N'<<24)
	entry(0x0002, 5, 3, gpsValues)
	entry(0x0012, 2, 17, gpsValues+24)
	u32(0)
	for _, v := range []int{31, 1, 18, 1, 4242, 100} {
		u32(v)
	}
	return append(b, "SECRET-GPS-DATUM\x00"...)
}

// Phoned is a JPEG with all that phones and editors write into one.
func Phoned(m image.Image, orientation int) []byte {
	return JPEG(m,
		Segment(0xe1, append([]byte("Exif\x00\x00"), Exif(orientation)...)),
		Segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>SECRET-XMP</x:xmpmeta>")),
		Segment(0xe2, []byte("ICC_PROFILE\x00\x01\x01SECRET-ICC")),
		Segment(0xfe, []byte("SECRET-COMMENT")),
	)
}

// HEIC is the beginning of what an iPhone takes unless told otherwise.
func HEIC() []byte {
	box := []byte("\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1MiHBMiHEMiPrheic")
	return append(box, make([]byte, 4096)...)
}

// Bomb is a PNG of some bytes that says it has 40,000 × 40,000 pixels.
func Bomb() []byte {
	b := PNG(image.NewGray(image.Rect(0, 0, 1, 1)))
	header := make([]byte, 0, 13)
	header = binary.BigEndian.AppendUint32(header, 40_000)
	header = binary.BigEndian.AppendUint32(header, 40_000)
	header = append(header, 8, 0, 0, 0, 0)
	return append(append(b[:8:8], Chunk("IHDR", header)...), b[8+12+13:]...)
}
