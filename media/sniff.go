package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Format is what some bytes are, whatever their sender calls them.
type Format string

// The formats: those we read, and those that people send instead.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	WebP Format = "webp"

	HEIC         Format = "heic"
	AVIF         Format = "avif"
	GIF          Format = "gif"
	BMP          Format = "bmp"
	TIFF         Format = "tiff" // and most raw formats of cameras
	JPEGXL       Format = "jpeg-xl"
	JPEG2000     Format = "jpeg-2000"
	SVG          Format = "svg"
	PDF          Format = "pdf"
	Video        Format = "video"
	AnimatedWebP Format = "animated-webp"
	RareJPEG     Format = "jpeg-rare" // lossless, arithmetic-coded, 12-bit
	Unknown      Format = "unknown"
)

// signatures are the beginnings that tell a format.
var signatures = []struct {
	begins string
	format Format
}{
	{"\xff\xd8\xff", JPEG},
	{"\x89PNG\r\n\x1a\n", PNG},
	{"GIF87a", GIF},
	{"GIF89a", GIF},
	{"II*\x00", TIFF},
	{"MM\x00*", TIFF},
	{"\xff\x0a", JPEGXL},
	{"\x00\x00\x00\x0cJXL ", JPEGXL},
	{"\x00\x00\x00\x0cjP  ", JPEG2000},
	{"%PDF-", PDF},
	{"BM", BMP},
	{"<svg", SVG},
	{"<?xml", SVG},
	{"\x1aE\xdf\xa3", Video}, // Matroska, WebM
}

// Sniff tells a format by its first bytes; some 64 are enough.
func Sniff(head []byte) Format {
	if len(head) >= 12 && string(head[:4]) == "RIFF" {
		switch string(head[8:12]) {
		case "WEBP":
			if len(head) > 20 && string(head[12:16]) == "VP8X" && head[20]&0x02 != 0 {
				return AnimatedWebP
			}
			return WebP
		case "AVI ":
			return Video
		}
	}
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		return sniffBrands(head)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.begins)) {
			return s.format
		}
	}
	return Unknown
}

// sniffBrands tells an ISO base media file by the brands of its ftyp box (ISO/IEC
// 14496-12 §4.3): the major one, and those it is compatible with.
func sniffBrands(head []byte) Format {
	size := int(binary.BigEndian.Uint32(head))
	box := head[8:max(12, min(size, len(head)))]
	var brands []string
	for i := 0; i+4 <= len(box); i += 4 {
		if i != 4 { // the minor version
			brands = append(brands, string(box[i:i+4]))
		}
	}
	has := func(names ...string) bool {
		return slices.ContainsFunc(brands, func(b string) bool { return slices.Contains(names, b) })
	}
	switch {
	case has("avif", "avis"):
		return AVIF
	case has("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"):
		return HEIC
	}
	return Video // MP4, QuickTime, 3GP: all begin so
}
