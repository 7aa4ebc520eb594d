package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxFeature bounds a feature, in bytes: a park has some thousand corners.
const maxFeature = 4 << 20

// recordSeparator begins each text of a sequence (RFC 8142).
const recordSeparator = 0x1e

// features gives the text of one feature after the other.
type features interface {
	// next is the text of a feature, valid until the next call, and the line on which it
	// begins. A *RowError is for one that is too long or broken off; io.EOF is the end.
	next() ([]byte, int, error)
}

// sequence is a file of features, one a line or each behind a record separator.
type sequence struct {
	from *bufio.Reader
	line int
	sign byte // what ends a feature
	text []byte
}

func newSequence(from *bufio.Reader) *sequence {
	s := &sequence{from: from, line: 1, sign: '\n'}
	if begin, _ := from.Peek(3); bytes.Equal(begin, []byte("\ufeff")) {
		_, _ = from.Discard(3)
	}
	if first, _ := from.Peek(1); len(first) > 0 && first[0] == recordSeparator {
		s.sign = recordSeparator
	}
	return s
}

func (s *sequence) next() ([]byte, int, error) {
	for {
		begin, long := s.line, false
		s.text = s.text[:0]
		var err error
		for {
			var part []byte
			part, err = s.from.ReadSlice(s.sign)
			s.line += bytes.Count(part, []byte{'\n'})
			if long = long || len(s.text)+len(part) > maxFeature; !long {
				s.text = append(s.text, part...)
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
		}
		text := bytes.TrimSpace(bytes.Trim(s.text, string(rune(recordSeparator))))
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return nil, begin, err
		case long:
			return nil, begin, tooLong(begin)
		case len(text) > 0:
			return text, begin, nil
		case err != nil:
			return nil, s.line, io.EOF
		}
	}
}

func tooLong(line int) error {
	return &RowError{Row{Line: line}, fmt.Sprintf("the feature is longer than %d bytes", maxFeature)}
}

// collection is a FeatureCollection, of which only a feature at a time is in memory.
type collection struct {
	from   *bufio.Reader
	line   int
	inside bool // the list of features has begun
	done   bool
	text   []byte
}

func newCollection(from *bufio.Reader) *collection { return &collection{from: from, line: 1} }

var errNoCollection = fmt.Errorf("%w: it is no GeoJSON FeatureCollection", ErrFormat)

func (c *collection) next() ([]byte, int, error) {
	if !c.inside {
		if err := c.begin(); err != nil {
			return nil, c.line, err
		}
		c.inside = true
	}
	for !c.done {
		b, err := c.sign()
		switch {
		case errors.Is(err, io.EOF):
			c.done = true
			return nil, c.line, &RowError{Row{Line: c.line}, "the file ends within the list of features"}
		case err != nil:
			return nil, c.line, err
		case b == ']':
			c.done = true
		case b == '{':
			return c.feature(b)
		case b != ',': // what is no object cannot be a feature
			line := c.line
			if err := c.skip(b); err != nil {
				return nil, line, err
			}
			return nil, line, &RowError{Row{Line: line}, "it is no feature"}
		}
	}
	return nil, c.line, io.EOF
}

// begin reads up to the list of features.
func (c *collection) begin() error {
	if begin, _ := c.from.Peek(3); bytes.Equal(begin, []byte("\ufeff")) {
		_, _ = c.from.Discard(3)
	}
	b, err := c.sign()
	if errors.Is(err, io.EOF) || err == nil && b != '{' {
		return errNoCollection
	}
	for err == nil {
		if b, err = c.sign(); err != nil || b == ',' {
			continue
		}
		if b != '"' {
			return errNoCollection
		}
		if err = c.value(b); err != nil {
			break
		}
		key := string(c.text)
		if b, err = c.sign(); err == nil && b != ':' {
			return errNoCollection
		}
		if err == nil {
			b, err = c.sign()
		}
		if err == nil && key == `"features"` {
			if b != '[' {
				return errNoCollection
			}
			return nil
		}
		if err == nil {
			err = c.skip(b)
		}
	}
	if errors.Is(err, io.EOF) {
		return errNoCollection
	}
	return err
}

func (c *collection) feature(b byte) ([]byte, int, error) {
	line := c.line
	err := c.value(b)
	switch {
	case errors.Is(err, errLong):
		return nil, line, tooLong(line)
	case errors.Is(err, io.EOF):
		c.done = true
		return nil, line, &RowError{Row{Line: line}, "the file ends within a feature"}
	}
	return c.text, line, err
}

// sign is the next byte that is not space.
func (c *collection) sign() (byte, error) {
	for {
		b, err := c.from.ReadByte()
		switch {
		case err != nil:
			return 0, err
		case b == '\n':
			c.line++
		case b != ' ' && b != '\t' && b != '\r':
			return b, nil
		}
	}
}

// errLong says that a value was longer than maxFeature; it has been passed over.
var errLong = errors.New("the value is too long")

// value reads a value that begins with b into text: up to the bracket that closes the
// first one, the mark that ends a string, or, for numbers and words, before a sign.
func (c *collection) value(b byte) error {
	c.text = c.text[:0]
	depth, quoted, escaped, long := 0, false, false, false
	for {
		if len(c.text) < maxFeature {
			c.text = append(c.text, b)
		} else {
			long = true
		}
		switch {
		case b == '\n':
			c.line++
		case escaped:
			escaped = false
		case quoted && b == '\\':
			escaped = true
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
		escapes := escaped
		if depth <= 0 && !quoted && !escapes {
			if next, err := c.from.Peek(1); b == '"' || b == '}' || b == ']' || err != nil || bytes.ContainsAny(next, ",]} \t\r\n:") {
				break
			}
		}
		var err error
		if b, err = c.from.ReadByte(); err != nil {
			return err
		}
	}
	if long {
		return errLong
	}
	return nil
}

// skip passes over a value, however long.
func (c *collection) skip(b byte) error {
	if err := c.value(b); err != nil && !errors.Is(err, errLong) {
		return err
	}
	return nil
}
