package media

import (
	"encoding/binary"
	"iter"
)

// The walks below read what is there and end at the first thing that makes no sense:
// whether the picture can be decoded is for the decoder to say.

// jpegSegments walks the segments of a JPEG up to its first scan: marker and content.
func jpegSegments(b []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		if len(b) < 2 || b[0] != 0xff || b[1] != 0xd8 {
			return
		}
		for b = b[2:]; len(b) >= 4 && b[0] == 0xff; {
			marker := b[1]
			if marker == 0xff { // fill
				b = b[1:]
				continue
			}
			if marker == 0xda || marker == 0xd9 { // the scan, the end
				return
			}
			if marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 { // these have no content
				b = b[2:]
				continue
			}
			n := int(binary.BigEndian.Uint16(b[2:])) + 2
			if n < 4 || n > len(b) || !yield(marker, b[4:n]) {
				return
			}
			b = b[n:]
		}
	}
}

// pngChunks walks the chunks of a PNG: type and content.
func pngChunks(b []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if Sniff(b) != PNG {
			return
		}
		for b = b[8:]; len(b) >= 12; {
			n := binary.BigEndian.Uint32(b)
			if uint64(n)+12 > uint64(len(b)) || !yield(string(b[4:8]), b[8:8+n]) {
				return
			}
			b = b[n+12:]
		}
	}
}

// webpChunks walks the chunks of a WebP: type and content.
func webpChunks(b []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
			return
		}
		for b = b[12:]; len(b) >= 8; {
			n := uint64(binary.LittleEndian.Uint32(b[4:]))
			if n+8 > uint64(len(b)) || !yield(string(b[:4]), b[8:8+n]) {
				return
			}
			b = b[min(n+8+n%2, uint64(len(b))):]
		}
	}
}
