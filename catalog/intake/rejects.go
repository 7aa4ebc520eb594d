package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// rejects is the file of rows that could not be used; made when there is one.
type rejects struct {
	path string
	file *os.File
	csv  *csv.Writer
}

// begin removes what an earlier import left.
func (r *rejects) begin() error {
	if err := os.Remove(r.path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// goOn takes up a file behind its first bytes; what was written after the last mark
// comes again.
func (r *rejects) goOn(size int64) error {
	if size == 0 {
		return r.begin()
	}
	f, err := os.OpenFile(r.path, os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrNotExist) { // somebody has read it and put it away
		return nil
	}
	if err != nil {
		return err
	}
	r.file, r.csv = f, csv.NewWriter(f)
	if err := f.Truncate(size); err != nil {
		return err
	}
	_, err = f.Seek(0, io.SeekEnd)
	return err
}

func (r *rejects) add(row Row, reason string) error {
	if r.file == nil {
		if err := os.MkdirAll(filepath.Dir(r.path), 0o700); err != nil {
			return err
		}
		f, err := os.OpenFile(r.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		r.file, r.csv = f, csv.NewWriter(f)
		if err := r.csv.Write([]string{"line", "id", "reason"}); err != nil {
			return err
		}
	}
	return r.csv.Write([]string{strconv.Itoa(row.Line), noFormula(row.ID), reason})
}

// noFormula is a value of somebody's file that no spreadsheet takes for a formula (OWASP, CSV injection).
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// flush writes everything out; the result is how many bytes the file has.
func (r *rejects) flush() (int64, error) {
	if r.file == nil {
		return 0, nil
	}
	r.csv.Flush()
	if err := r.csv.Error(); err != nil {
		return 0, err
	}
	return r.file.Seek(0, io.SeekCurrent)
}

func (r *rejects) close() error {
	if r.file == nil {
		return nil
	}
	_, err := r.flush()
	return errors.Join(err, r.file.Close())
}
