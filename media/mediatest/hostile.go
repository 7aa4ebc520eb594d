package mediatest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"sync"
)

// Flat is a PNG of 50 megapixels and 200 kB that takes 200 MB to decode.
func Flat() []byte { return bytes.Clone(makeFlat()) }

// Deep is a PNG of 50 megapixels and 400 kB that takes 400 MB to decode: no picture may take more.
func Deep() []byte { return bytes.Clone(makeDeep()) }

// Packing hundreds of megabytes takes seconds.
var (
	makeFlat = sync.OnceValue(func() []byte { return flat(8) })
	makeDeep = sync.OnceValue(func() []byte { return flat(16) })
)

// flat is a PNG with so many bits a channel, of one colour, as large as one may be (ISO/IEC 15948 §11.2).
func flat(bits byte) []byte {
	const w, h, channels = 8192, 6144, 4
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), Chunk("IHDR", append(head, bits, 6, 0, 0, 0))...)
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	row := append([]byte{0}, bytes.Repeat([]byte{200}, w*channels*int(bits)/8)...)
	for range h {
		if _, err := z.Write(row); err != nil {
			panic(err) // into memory
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	out = append(out, Chunk("IDAT", packed.Bytes())...)
	return append(out, Chunk("IEND", nil)...)
}
