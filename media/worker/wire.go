package worker

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"corner/media"
)

// order is the first frame of an order; the second is the upload.
type order struct {
	Memory int64 // bytes that may be taken
}

// answer is the first frame of an answer; the contents of its prints follow, a frame each.
type answer struct {
	Refusal *media.Refusal `json:",omitempty"`
	Prints  []printHead    `json:",omitempty"`
}

type printHead struct {
	Size          media.Size
	Width, Height int
}

// Bounds of the frames.
const (
	maxHead  = 4 << 10
	maxPrint = 16 << 20 // of a JPEG of 1,600 pixels a side
)

func writeLength(w io.Writer, n int) error {
	_, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
	return err
}

func writeFrame(w io.Writer, b []byte) error {
	if err := writeLength(w, len(b)); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

func writeHead(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFrame(w, b)
}

func readFrame(r io.Reader, most int) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if uint64(n) > uint64(most) {
		return nil, fmt.Errorf("a frame of %d bytes, where %d are the most", n, most)
	}
	b := make([]byte, n)
	_, err := io.ReadFull(r, b)
	return b, err
}

func readHead(r io.Reader, v any) error {
	b, err := readFrame(r, maxHead)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// writeAnswer tells what became of an upload.
func writeAnswer(w io.Writer, prints []media.Print, err error) error {
	if err != nil {
		r := media.RefusalOf(err)
		return writeHead(w, answer{Refusal: &r})
	}
	var a answer
	for _, p := range prints {
		a.Prints = append(a.Prints, printHead{p.Size, p.Width, p.Height})
	}
	if err := writeHead(w, a); err != nil {
		return err
	}
	for _, p := range prints {
		if err := writeFrame(w, p.Content); err != nil {
			return err
		}
	}
	return nil
}

// errAnswer says that a worker's answer cannot be one.
var errAnswer = errors.New("the worker's answer is none")

// readAnswer reads what became of an upload. It believes no more than it must: the worker has read what
// strangers have sent.
func readAnswer(r io.Reader) ([]media.Print, error) {
	var a answer
	if err := readHead(r, &a); err != nil {
		return nil, errors.Join(errAnswer, err)
	}
	if a.Refusal != nil {
		return nil, a.Refusal.Err()
	}
	if len(a.Prints) != len(media.Sizes) {
		return nil, errAnswer
	}
	var prints []media.Print
	for i, p := range a.Prints {
		content, err := readFrame(r, maxPrint)
		if err != nil {
			return nil, errors.Join(errAnswer, err)
		}
		v := media.Variant{Size: p.Size, Width: p.Width, Height: p.Height, Bytes: len(content), Digest: media.DigestOf(content)}
		if v.Size != media.Sizes[i] || !v.Fits() || media.Sniff(content) != media.JPEG {
			return nil, errAnswer
		}
		prints = append(prints, media.Print{Variant: v, Content: content})
	}
	return prints, nil
}
