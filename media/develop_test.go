package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"corner/fault"
	"corner/media"
	"corner/media/mediatest"
)

func develop(t *testing.T, upload []byte) ([]media.Print, error) {
	t.Helper()
	return media.InProcess{}.Develop(t.Context(), upload, media.DarkroomMemory)
}

// read decodes the blob of a size.
func read(t *testing.T, prints []media.Print, size media.Size) image.Image {
	t.Helper()
	for _, p := range prints {
		if p.Size != size {
			continue
		}
		m, err := jpeg.Decode(bytes.NewReader(p.Content))
		if err != nil {
			t.Fatal(err)
		}
		if p.Width != m.Bounds().Dx() || p.Height != m.Bounds().Dy() || p.Bytes != len(p.Content) || p.Digest != media.DigestOf(p.Content) {
			t.Errorf("the %s variant says %+v, and is %v of %d bytes", size, p.Variant, m.Bounds(), len(p.Content))
		}
		return m
	}
	t.Fatalf("no %s variant", size)
	return nil
}

// corner is where a mediatest.Marked picture is dark.
func corner(m image.Image) string {
	b := m.Bounds()
	at := ""
	for name, p := range map[string]image.Point{
		"upper left": {b.Dx() / 4, b.Dy() / 4}, "upper right": {b.Dx() * 3 / 4, b.Dy() / 4},
		"lower left": {b.Dx() / 4, b.Dy() * 3 / 4}, "lower right": {b.Dx() * 3 / 4, b.Dy() * 3 / 4},
	} {
		if _, g, _, _ := m.At(b.Min.X+p.X, b.Min.Y+p.Y).RGBA(); g < 0x6000 {
			at += name
		}
	}
	return at
}

// TestUpright: the dark quarter of a picture 60 wide and 40 high ends where Exif's
// words say: with 6, "the 0th row is the visual right side, the 0th column the top".
func TestUpright(t *testing.T) {
	t.Parallel()
	for orientation, want := range map[int]string{
		0: "60x40 upper left", 1: "60x40 upper left", 2: "60x40 upper right", 3: "60x40 lower right", 4: "60x40 lower left",
		5: "40x60 upper left", 6: "40x60 upper right", 7: "40x60 lower right", 8: "40x60 lower left", 9: "60x40 upper left",
	} {
		marked, exif := mediatest.Marked(60, 40), mediatest.Exif(orientation)
		for format, upload := range map[string][]byte{
			"JPEG":                    mediatest.Phoned(marked, orientation),
			"PNG":                     mediatest.PNG(marked, mediatest.Chunk("eXIf", exif)),
			"WebP":                    mediatest.WebP(60, 40, exif),
			"WebP as some phones do":  mediatest.WebP(60, 40, append([]byte("Exif\x00\x00"), exif...)),
			"JPEG after other things": mediatest.JPEG(marked, mediatest.Segment(0xe0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")), []byte{0xff, 0xff}, mediatest.Segment(0xe1, append([]byte("Exif\x00\x00"), exif...))),
		} {
			if format == "JPEG after other things" && orientation == 0 {
				continue
			}
			prints, err := develop(t, upload)
			if err != nil {
				t.Errorf("%s, orientation %d: %v", format, orientation, err)
				continue
			}
			m := read(t, prints, media.Large)
			if got := fmt.Sprintf("%dx%d %s", m.Bounds().Dx(), m.Bounds().Dy(), corner(m)); got != want {
				t.Errorf("%s, orientation %d: got %s, want %s", format, orientation, got, want)
			}
		}
	}
}

// TestStripped: nothing that a phone or an editor wrote is in what is kept.
func TestStripped(t *testing.T) {
	t.Parallel()
	marked := mediatest.Marked(300, 200)
	uploads := map[string][]byte{
		"JPEG": mediatest.Phoned(marked, 6),
		"WebP": mediatest.WebP(300, 200, mediatest.Exif(6)),
		"PNG": mediatest.PNG(marked, mediatest.Chunk("eXIf", mediatest.Exif(6)), mediatest.Chunk("tEXt", []byte("Comment\x00SECRET-COMMENT")),
			mediatest.Chunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00SECRET-XMP"))),
	}
	for _, secret := range mediatest.Secrets {
		if !bytes.Contains(uploads["JPEG"], []byte(secret)) {
			t.Errorf("the upload has no %q: the test proves nothing", secret)
		}
	}
	for format, upload := range uploads {
		prints, err := develop(t, upload)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		for _, p := range prints {
			for _, secret := range mediatest.Secrets {
				if bytes.Contains(p.Content, []byte(secret)) {
					t.Errorf("%s: the %s variant has %q", format, p.Size, secret)
				}
			}
			if got := markers(p.Content); got != "db c0 c4 da" {
				t.Errorf("%s: the %s variant has the segments %s, want tables, frame and scan", format, p.Size, got)
			}
		}
	}
}

// markers is the sorts of segments of a JPEG up to its scan, each once.
func markers(b []byte) string {
	list, last := "", byte(0)
	for b = b[2:]; len(b) > 4; b = b[2+binary.BigEndian.Uint16(b[2:]):] {
		if b[1] != last {
			list += fmt.Sprintf(" %x", b[1])
		}
		if last = b[1]; last == 0xda {
			break
		}
	}
	return list[1:]
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, thumbW, thumbH, smallW, smallH, largeW, largeH int }{
		{4000, 3000, 160, 120, 480, 360, 1600, 1200},
		{3000, 4000, 120, 160, 360, 480, 1200, 1600},
		{1601, 1601, 160, 160, 480, 480, 1600, 1600},
		{1600, 900, 160, 90, 480, 270, 1600, 900},
		{100, 50, 100, 50, 100, 50, 100, 50}, // never enlarged
		{1, 1, 1, 1, 1, 1, 1, 1},
		{7000, 1, 160, 1, 480, 1, 1600, 1},
	} {
		prints, err := develop(t, mediatest.JPEG(image.NewGray(image.Rect(0, 0, c.w, c.h))))
		if err != nil {
			t.Errorf("%dx%d: %v", c.w, c.h, err)
			continue
		}
		want := []image.Point{{c.thumbW, c.thumbH}, {c.smallW, c.smallH}, {c.largeW, c.largeH}}
		for i, size := range media.Sizes {
			if got := read(t, prints, size).Bounds().Size(); got != want[i] {
				t.Errorf("%dx%d: %s is %v, want %v", c.w, c.h, size, got, want[i])
			}
		}
	}
}

func TestEqualUploadsGiveEqualBlobs(t *testing.T) {
	t.Parallel()
	one, err := develop(t, mediatest.Phoned(mediatest.Marked(900, 700), 3))
	if err != nil {
		t.Fatal(err)
	}
	two, err := develop(t, mediatest.Phoned(mediatest.Marked(900, 700), 3))
	if err != nil {
		t.Fatal(err)
	}
	for i := range one {
		if one[i].Digest != two[i].Digest {
			t.Errorf("%s: %s and %s", one[i].Size, one[i].Digest, two[i].Digest)
		}
	}
}

// TestOnWhite: what one can see through becomes white.
func TestOnWhite(t *testing.T) {
	t.Parallel()
	m := image.NewNRGBA(image.Rect(0, 0, 64, 64)) // black, and not there at all
	for y := range 64 {
		for x := range 32 {
			m.Set(x, y, color.NRGBA{0, 0, 0, 128})
		}
	}
	prints, err := develop(t, mediatest.PNG(m))
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, prints, media.Large)
	for x, want := range map[int]uint32{16: 127, 48: 255} {
		if r, _, _, _ := got.At(x, 32).RGBA(); r>>8 < want-4 || r>>8 > want+4 {
			t.Errorf("at %d: grey %d, want %d", x, r>>8, want)
		}
	}
}

// TestShrinkAverages: fine stripes become their average, not a moiré; the last column
// is that of three stripes.
func TestShrinkAverages(t *testing.T) {
	t.Parallel()
	m := image.NewGray(image.Rect(5, 7, 5+1003, 7+501)) // a picture need not begin at 0, 0
	for y := range 501 {
		for x := range 1003 {
			m.SetGray(5+x, 7+y, color.Gray{byte(255 * (x % 2))})
		}
	}
	got := media.Shrink(m, 50)
	if got.Rect != image.Rect(0, 0, 50, 25) {
		t.Fatalf("got %v, want 50x25", got.Rect)
	}
	for y := range 25 {
		for x := range 49 {
			if g := got.RGBAAt(x, y); g.R < 115 || g.R > 140 || g.A != 255 {
				t.Fatalf("at %d, %d: got %v, want about half", x, y, g)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	whole := mediatest.Phoned(mediatest.Marked(600, 400), 1)
	wholePNG := mediatest.PNG(mediatest.Marked(600, 400))
	wholeWebP := mediatest.WebP(600, 400, nil)
	wide := mediatest.PNG(image.NewGray(image.Rect(0, 0, media.MaxSide+1, 1)))
	animated := mediatest.WebP(8, 8, nil)
	animated[20] |= 0x02
	rare := bytes.Replace(whole, []byte{0xff, 0xc0}, []byte{0xff, 0xc3}, 1) // says it is lossless
	for name, c := range map[string]struct {
		upload []byte
		want   error
		format string
	}{
		"HEIC":                {mediatest.HEIC(), media.ErrHEIC, "heic"},
		"AVIF":                {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1miaf...."), media.ErrFormat, "avif"},
		"AVIF, said second":   {[]byte("\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00avifmiaf...."), media.ErrFormat, "avif"},
		"a film":              {[]byte("\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "), media.ErrFormat, "video"},
		"GIF":                 {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), media.ErrFormat, "gif"},
		"animated WebP":       {animated, media.ErrFormat, "animated-webp"},
		"PDF":                 {[]byte("%PDF-1.7"), media.ErrFormat, "pdf"},
		"nothing":             {nil, media.ErrFormat, "unknown"},
		"text":                {[]byte("hello"), media.ErrFormat, "unknown"},
		"lossless JPEG":       {rare, media.ErrFormat, "jpeg-rare"},
		"a bomb":              {mediatest.Bomb(), media.ErrTooManyPixels, ""},
		"too wide":            {wide, media.ErrTooManyPixels, ""},
		"too many bytes":      {make([]byte, media.MaxUpload+1), media.ErrTooLarge, ""},
		"only a beginning":    {whole[:3], fault.ErrInvalid, ""},
		"half a JPEG":         {whole[:len(whole)/2], fault.ErrInvalid, ""},
		"a JPEG less its end": {whole[:len(whole)-40], fault.ErrInvalid, ""},
		"half a PNG":          {wholePNG[:len(wholePNG)/2], fault.ErrInvalid, ""},
		"half a WebP":         {wholeWebP[:len(wholeWebP)/2], fault.ErrInvalid, ""},
		"a changed PNG":       {append(append(wholePNG[:60:60], 0xaa, 0xaa, 0xaa), wholePNG[63:]...), fault.ErrInvalid, ""},
	} {
		_, err := develop(t, c.upload)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if e, ok := errors.AsType[*fault.Error](err); c.format != "" && (!ok || e.Data != media.Format(c.format)) {
			t.Errorf("%s: got %+v, want it to name %s", name, err, c.format)
		}
	}
}

// TestDamaged: whatever byte is changed and wherever it is cut, an upload is taken or
// refused as a fault of its own.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for format, whole := range map[string][]byte{
		"JPEG": mediatest.Phoned(mediatest.Marked(40, 30), 6),
		"PNG":  mediatest.PNG(mediatest.Marked(40, 30), mediatest.Chunk("eXIf", mediatest.Exif(6))),
		"WebP": mediatest.WebP(40, 30, mediatest.Exif(6)),
	} {
		for i := range whole {
			bent := bytes.Clone(whole)
			bent[i] ^= 0xff
			for _, upload := range [][]byte{whole[:i], bent} {
				_, err := develop(t, upload)
				if kind := fault.KindOf(err); err != nil && kind != fault.Invalid && kind != fault.UnsupportedContent && kind != fault.TooLarge {
					t.Fatalf("%s, byte %d: got %v, want a fault of the upload", format, i, err)
				}
			}
		}
	}
}

// TestMemory: what a picture is thought to take is no less than what it takes.
func TestMemory(t *testing.T) {
	t.Parallel()
	const w, h = 1_000, 800
	interlaced := mediatest.PNG(image.NewNRGBA64(image.Rect(0, 0, w, h)))
	interlaced[28] = 1
	for name, c := range map[string]struct {
		upload   []byte
		perPixel float64
	}{
		"grey JPEG":   {mediatest.JPEG(image.NewGray(image.Rect(0, 0, w, h))), 1},
		"JPEG":        {mediatest.JPEG(mediatest.Marked(w, h)), 1.5},
		"PNG":         {mediatest.PNG(mediatest.Marked(w, h)), 4},
		"deep PNG":    {mediatest.PNG(image.NewNRGBA64(image.Rect(0, 0, w, h))), 8},
		"progressive": {bytes.Replace(mediatest.JPEG(mediatest.Marked(w, h)), []byte{0xff, 0xc0}, []byte{0xff, 0xc2}, 1), 7.5},
		"WebP":        {mediatest.WebP(w, h, nil), 4},
	} {
		got, err := media.Memory(c.upload)
		if want := int64(c.perPixel * w * h); err != nil || got < want || got > 3*want {
			t.Errorf("%s: %d bytes, %v; want %d or a little more", name, got, err, want)
		}
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range [][5]int{{10, 10, 20, 10, 10}, {40, 20, 20, 20, 10}, {20, 41, 20, 10, 20}, {12000, 1, 160, 160, 1}} {
		if w, h := media.Fit(c[0], c[1], c[2]); w != c[3] || h != c[4] {
			t.Errorf("%dx%d within %d: got %dx%d, want %dx%d", c[0], c[1], c[2], w, h, c[3], c[4])
		}
	}
}

func BenchmarkDevelop(b *testing.B) {
	m := mediatest.Marked(4_000, 3_000)
	var p bytes.Buffer
	if err := png.Encode(&p, m); err != nil {
		b.Fatal(err)
	}
	for name, upload := range map[string][]byte{"jpeg 12 MP": mediatest.Phoned(m, 6), "png 12 MP": p.Bytes()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := (media.InProcess{}).Develop(b.Context(), upload, media.DarkroomMemory); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
