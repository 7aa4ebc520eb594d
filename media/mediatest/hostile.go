package mediatest

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
)

// Flat is a PNG of 50 megapixels and 200 kB that takes 200 MB to decode.
func Flat() []byte { return flat(8) }

// Deep is a PNG of 50 megapixels and 400 kB that takes 400 MB to decode: no picture may take more.
func Deep() []byte { return flat(16) }

// flat is a PNG with so many bits a channel, of one colour, as large as one may be (ISO/IEC 15948 §11.2).
// A few of its rows are packed, and repeated as they are: packing all of them would take seconds.
func flat(bits byte) []byte {
	const w, h, channels, rows = 8192, 6144, 4, 16
	some := bytes.Repeat(append([]byte{0}, bytes.Repeat([]byte{200}, w*channels*int(bits)/8)...), rows)
	var packed bytes.Buffer
	z, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = z.Write(some)
	}
	if err == nil {
		err = z.Flush() // to a whole byte, with nothing after it that looks back
	}
	if err != nil {
		panic(err) // into memory
	}
	stream := append([]byte{0x78, 0x9c}, bytes.Repeat(packed.Bytes(), h/rows)...)
	stream = append(stream, 0x03, 0x00) // the last block, which is empty
	stream = binary.BigEndian.AppendUint32(stream, adlerOfRepeated(some, h/rows))

	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), Chunk("IHDR", append(head, bits, 6, 0, 0, 0))...)
	out = append(out, Chunk("IDAT", stream)...)
	return append(out, Chunk("IEND", nil)...)
}

// adlerOfRepeated is the Adler-32 (RFC 1950 §8.2) of b, n times.
func adlerOfRepeated(b []byte, n int) uint32 {
	const mod = 65521
	var sum, weighted uint64 // of b alone: its bytes, and each as often as it is counted in the second sum
	for i, c := range b {
		sum += uint64(c)
		weighted += uint64(c) * uint64(len(b)-i)
	}
	first, second := uint64(1), uint64(0)
	for range n {
		second = (second + uint64(len(b))%mod*first + weighted) % mod
		first = (first + sum) % mod
	}
	return uint32(second<<16 | first)
}
