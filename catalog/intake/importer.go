package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strings"
	"time"

	"corner/catalog"
	"corner/fault"
)

// Importer takes listings over into the catalogue.
type Importer struct {
	Catalog *catalog.Catalog
	Marks   catalog.Marks
	Now     func() time.Time
}

// Run says how one file is imported.
type Run struct {
	File    string // its name for marks: the same for the same file
	Stamp   string // changes when the file does, or how it is read; then it is begun anew
	Rejects string // path of the file for rows that could not be used; made when there is one
}

// batch is how many listings one transaction takes.
const batch = 1_000

// run is an import under way.
type run struct {
	Importer
	Run
	reader  Reader
	rejects rejects
	summary Summary
	seen    map[uint64]bool // hashes of the sources so far
	hash    maphash.Seed

	listings []catalog.Listing
	rows     []Row
}

// mark is what is kept of an import under way.
type mark struct {
	Stamp   string
	Rejects int64 // bytes of the file of rejected rows
	Summary Summary
}

// Run imports all that r gives. If an import of the same file was broken off, what it had
// stored is passed over. A row that cannot be used goes to the rejects and is not fatal;
// after an error, Run can be called again with a new reader, and goes on.
func (m Importer) Run(ctx context.Context, r Reader, what Run) (Summary, error) {
	what.File = fingerprint(what.File)
	u := &run{Importer: m, Run: what, reader: r, rejects: rejects{path: what.Rejects}, seen: map[uint64]bool{}, hash: maphash.MakeSeed()}
	err := u.resume(ctx)
	if err == nil {
		err = u.all(ctx)
	}
	if err = errors.Join(err, u.rejects.close()); err != nil {
		return u.summary, err
	}
	return u.summary, m.Marks.SetMark(ctx, what.File, "", m.Now())
}

// resume passes over the rows that an import before this one had stored.
func (u *run) resume(ctx context.Context) error {
	text, err := u.Marks.Mark(ctx, u.File)
	if err != nil {
		return fmt.Errorf("find how far the last import came: %w", err)
	}
	var kept mark
	if text == "" || json.Unmarshal([]byte(text), &kept) != nil || kept.Stamp != u.Stamp {
		u.summary = newSummary()
		return u.rejects.begin()
	}
	u.summary = kept.Summary
	u.summary.Resumed = kept.Summary.Rows
	for range kept.Summary.Rows {
		l, _, err := u.reader.Next()
		if _, bad := errors.AsType[*RowError](err); err != nil && !bad {
			return fmt.Errorf("pass over the rows that were imported: %w", err)
		}
		if err == nil {
			u.again(l.Source)
		}
	}
	return u.rejects.goOn(kept.Rejects)
}

// all imports the rest of the rows.
func (u *run) all(ctx context.Context) error {
	for {
		l, row, err := u.reader.Next()
		if errors.Is(err, io.EOF) {
			return u.flush(ctx)
		}
		bad, isRow := errors.AsType[*RowError](err)
		if err == nil && u.again(l.Source) {
			bad, isRow = &RowError{row, "id: is given twice, and the first one counts"}, true
		}
		if err != nil && !isRow {
			return err
		}
		u.summary.Rows++
		if isRow {
			if err := u.refuse(row, bad.Reason); err != nil {
				return err
			}
		} else {
			u.listings, u.rows = append(u.listings, l), append(u.rows, row)
		}
		if len(u.listings) == batch {
			if err := u.flush(ctx); err != nil {
				return err
			}
		}
	}
}

// again reports whether a source was seen before.
func (u *run) again(source string) bool {
	h := maphash.String(u.hash, source)
	was := u.seen[h]
	u.seen[h] = true
	return was
}

func (u *run) refuse(row Row, reason string) error {
	u.summary.Rejected++
	u.summary.Reasons[reason]++
	return u.rejects.add(row, reason)
}

// flush stores the batch, and then how far that is. If the program is killed in between,
// the batch comes again and is as it was.
func (u *run) flush(ctx context.Context) error {
	outcomes, reasons, err := u.Catalog.Import(ctx, u.listings)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		row := u.rows[i]
		if reasons[i] != nil {
			if err := u.refuse(row, reasonsOf(reasons[i])); err != nil {
				return err
			}
			continue
		}
		u.summary.count(o)
		if row.Hours.Code != "" {
			u.summary.HoursUnknown++
			u.summary.Hours[row.Hours.En]++
		}
	}
	u.listings, u.rows = u.listings[:0], u.rows[:0]
	size, err := u.rejects.flush()
	if err != nil {
		return err
	}
	text, err := json.Marshal(mark{Stamp: u.Stamp, Rejects: size, Summary: u.summary})
	if err != nil {
		return err
	}
	return u.Marks.SetMark(ctx, u.File, string(text), u.Now())
}

// reasonsOf names the faulty values of a listing.
func reasonsOf(err error) string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	var all []string
	for _, f := range e.Fields {
		all = append(all, f.Name+" "+f.En)
	}
	return strings.Join(all, "; ")
}
