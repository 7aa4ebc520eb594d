package mediatest

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"testing"

	"corner/fault"
	"corner/internal/expect"
	"corner/media"
)

// Developer tests that d keeps the contract of media.Developer.
func Developer(t *testing.T, d media.Developer) {
	t.Helper()
	t.Run("Prints", func(t *testing.T) {
		t.Parallel()
		prints := expect.OK(d.Develop(t.Context(), Phoned(Marked(2_400, 1_800), 6), media.DarkroomMemory))(t)
		want := []image.Point{{120, 160}, {360, 480}, {1200, 1600}}
		for i, p := range prints {
			m, err := jpeg.Decode(bytes.NewReader(p.Content))
			if err != nil {
				t.Fatal(err)
			}
			is := media.Variant{
				Size: media.Sizes[i], Width: want[i].X, Height: want[i].Y, Bytes: len(p.Content), Digest: media.DigestOf(p.Content),
			}
			if p.Variant != is || m.Bounds().Size() != want[i] {
				t.Errorf("print %d: %+v of %v, want %+v", i, p.Variant, m.Bounds(), is)
			}
		}
		if len(prints) != len(want) {
			t.Errorf("%d prints, want %d", len(prints), len(want))
		}
	})
	t.Run("Alike", func(t *testing.T) {
		t.Parallel()
		upload := PNG(Marked(300, 200))
		one := expect.OK(d.Develop(t.Context(), upload, media.DarkroomMemory))(t)
		other := expect.OK(media.InProcess{}.Develop(t.Context(), upload, media.DarkroomMemory))(t)
		for i := range one {
			if one[i].Digest != other[i].Digest {
				t.Errorf("%s is another picture than where it is developed in this process", one[i].Size)
			}
		}
	})
	t.Run("Refused", func(t *testing.T) {
		t.Parallel()
		whole := Phoned(Marked(600, 400), 1)
		for name, c := range map[string]struct {
			upload []byte
			want   error
			data   any
		}{
			"HEIC":           {HEIC(), media.ErrHEIC, media.HEIC},
			"GIF":            {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), media.ErrFormat, media.GIF},
			"nothing":        {nil, media.ErrFormat, media.Unknown},
			"a bomb":         {Bomb(), media.ErrTooManyPixels, nil},
			"too many bytes": {make([]byte, media.MaxUpload+1), media.ErrTooLarge, nil},
			"half a JPEG":    {whole[:len(whole)/2], fault.ErrInvalid, nil},
		} {
			_, err := d.Develop(t.Context(), c.upload, media.DarkroomMemory)
			e, _ := errors.AsType[*fault.Error](err)
			if !errors.Is(err, c.want) || e == nil || e.Data != c.data {
				t.Errorf("%s: got %+v, want %v with %v", name, err, c.want, c.data)
			}
		}
	})
	t.Run("Rivals", func(t *testing.T) {
		t.Parallel()
		if failed := expect.Rivals(6, func(i int) error {
			_, err := d.Develop(t.Context(), JPEG(Marked(300+i, 200)), media.DarkroomMemory)
			return err
		}); len(failed) > 0 {
			t.Errorf("%d of six failed: %v", len(failed), failed[0])
		}
	})
	t.Run("Left", func(t *testing.T) {
		t.Parallel()
		ctx, leave := context.WithCancel(t.Context())
		leave()
		if _, err := d.Develop(ctx, JPEG(Marked(30, 20)), media.DarkroomMemory); !errors.Is(err, context.Canceled) {
			t.Errorf("for somebody who has left: got %v, want %v", err, context.Canceled)
		}
	})
}
