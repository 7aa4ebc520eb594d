package media_test

import (
	"testing"

	"corner/fault"
	"corner/media"
	"corner/media/mediatest"
)

func seeds(f *testing.F) {
	f.Helper()
	marked := mediatest.Marked(6, 4)
	for orientation := range 10 {
		exif := mediatest.Exif(orientation)
		f.Add(mediatest.Phoned(marked, orientation))
		f.Add(mediatest.PNG(marked, mediatest.Chunk("eXIf", exif)))
		f.Add(mediatest.WebP(6, 4, exif))
	}
	f.Add(mediatest.HEIC())
	f.Add(mediatest.Bomb())
	f.Add([]byte("\xff\xd8\xff\xff\xff\xd9"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Add([]byte("\x00\x00\x00\x00ftypmif1"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPEXIF\xff\xff\xff\xff"))
}

// FuzzOrientation: any bytes have an orientation, and what is not 1 is written in them.
func FuzzOrientation(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		if o := media.Orientation(b); o < 1 || o > 8 {
			t.Errorf("orientation %d, want 1 to 8", o)
		}
	})
}

// FuzzSniff: any bytes are something, and the same however much follows their
// beginning.
func FuzzSniff(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		got := media.Sniff(b)
		if got == "" {
			t.Error("no format")
		}
		if got == media.JPEG && (b[0] != 0xff || b[1] != 0xd8) {
			t.Error("a JPEG that does not begin as one")
		}
	})
}

// FuzzDevelop: any bytes are taken, or refused as a fault of the upload.
func FuzzDevelop(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := media.InProcess{}.Develop(t.Context(), b, media.DarkroomMemory)
		if kind := fault.KindOf(err); err != nil && kind != fault.Invalid && kind != fault.UnsupportedContent && kind != fault.TooLarge {
			t.Errorf("got %v, want a fault of the upload", err)
		}
	})
}
