package media

import (
	"bytes"
	"encoding/binary"
)

// Orientation is how a picture must be turned to stand upright: Exif's tag 0x0112, 1
// to 8; 1 when the picture does not say, or says nothing sensible.
func Orientation(b []byte) int {
	var exif []byte
	switch Sniff(b) {
	case JPEG:
		for marker, content := range jpegSegments(b) {
			if marker == 0xe1 && bytes.HasPrefix(content, exifName) {
				exif = content
				break
			}
		}
	case PNG:
		for kind, content := range pngChunks(b) {
			if kind == "eXIf" {
				exif = content
				break
			}
		}
	case WebP:
		for kind, content := range webpChunks(b) {
			if kind == "EXIF" {
				exif = content
				break
			}
		}
	}
	return exifOrientation(bytes.TrimPrefix(exif, exifName))
}

// exifName begins an APP1 segment that holds Exif; some write it into WebP, too.
var exifName = []byte("Exif\x00\x00")

const (
	upright        = 1
	tagOrientation = 0x0112
	typeShort      = 3
)

// exifOrientation reads the tag from a TIFF header and its first directory.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			break
		}
		entries = entries[12:]
	}
	return upright
}
