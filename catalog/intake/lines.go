package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// maxLine bounds a line, in bytes. The longest of the extract of 15 cities has 642.
const maxLine = 64 << 10

// line is one line of the file with its end, valid until the next is read.
type line struct {
	number int
	text   []byte
	long   bool // it is longer than maxLine, and text is only its beginning
}

// lines reads a file line by line, and takes lines back.
type lines struct {
	from  *bufio.Reader // with a buffer of maxLine
	count int
	back  []line // to be read again before from
}

func (l *lines) putBack(taken []line) { l.back = slices.Concat(taken, l.back) }

// next is the next line; io.EOF after the last. A line that is too long is passed over
// to its end.
func (l *lines) next() (line, error) {
	if len(l.back) > 0 {
		first := l.back[0]
		l.back = l.back[1:]
		return first, nil
	}
	l.count++
	text, err := l.from.ReadSlice('\n')
	out := line{number: l.count, text: text}
	if errors.Is(err, bufio.ErrBufferFull) {
		out.long, out.text = true, bytes.Clone(text[:64])
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = l.from.ReadSlice('\n')
		}
	}
	if errors.Is(err, io.EOF) && len(out.text) > 0 {
		err = nil // the last line has no end
	}
	return out, err
}
