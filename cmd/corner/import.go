package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"corner/catalog"
	"corner/catalog/osm"
	"corner/discovery"
	"corner/fault"
)

type importCmd struct {
	File    string `arg:"" type:"existingfile" help:"An OpenStreetMap extract in CSV (see docs/operations.md)."`
	Rejects string `type:"path" placeholder:"FILE" help:"Where to write the rows that could not be used. Default: rejects-NAME.csv in the data folder."`
}

// importBatch is how many listings one transaction takes.
const importBatch = 1_000

// Run takes over the listings of a file. Running it again changes nothing that has
// not changed in the file.
func (m importCmd) Run(ctx context.Context, c *Config) error {
	file, err := os.Open(m.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	a, err := wire(ctx, c, c.logger(), time.Now)
	if err != nil {
		return err
	}
	defer a.close()

	bar := newByteBar("import", info.Size())
	reader, err := osm.NewReader(io.TeeReader(file, bar))
	if err != nil {
		return fmt.Errorf("%s: %w", m.File, err)
	}
	rejects := &rejects{path: m.Rejects}
	if rejects.path == "" {
		base := strings.TrimSuffix(filepath.Base(m.File), filepath.Ext(m.File))
		rejects.path = filepath.Join(c.Data, "rejects-"+base+".csv")
	}
	began := time.Now()
	counts, err := a.importAll(ctx, reader, rejects)
	if err = errors.Join(err, rejects.close()); err != nil {
		return err
	}
	_ = bar.Finish()
	took := time.Since(began)
	fmt.Printf("%d rows in %s: %d new, %d changed, %d as they were, %d rejected\n", counts.rows, took.Round(10*time.Millisecond),
		counts.of[catalog.Created], counts.of[catalog.Updated], counts.of[catalog.Unchanged], counts.of[catalog.Refused])
	if counts.of[catalog.Refused] > 0 {
		fmt.Println("the rejected rows, with the reasons, are in", rejects.path)
	}
	if a.embeddedIndex() {
		return nil // the server finds the events, or builds its index when it starts
	}
	return a.catchUp(ctx)
}

type importCounts struct {
	rows int
	of   map[catalog.Outcome]int
}

// importAll reads to the end of the file; a row that cannot be used is written to
// rejects and not fatal.
func (a *app) importAll(ctx context.Context, r *osm.Reader, rejects *rejects) (importCounts, error) {
	counts := importCounts{of: map[catalog.Outcome]int{}}
	listings, rows := make([]catalog.Listing, 0, importBatch), make([]osm.Row, 0, importBatch)
	flush := func() error {
		outcomes, reasons, err := a.catalog.Import(ctx, listings)
		if err != nil {
			return err
		}
		for i, o := range outcomes {
			counts.of[o]++
			if reasons[i] != nil {
				if err := rejects.add(rows[i], faultsOf(reasons[i])); err != nil {
					return err
				}
			}
		}
		listings, rows = listings[:0], rows[:0]
		return nil
	}
	for {
		l, row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return counts, flush()
		}
		counts.rows++
		bad, isRow := errors.AsType[*osm.RowError](err)
		switch {
		case isRow:
			counts.of[catalog.Refused]++
			err = rejects.add(row, bad.Reason)
		case err == nil:
			listings, rows = append(listings, l), append(rows, row)
			if len(listings) == importBatch {
				err = flush()
			}
		}
		if err != nil {
			return counts, err
		}
	}
}

// faultsOf names the faulty values of a listing.
func faultsOf(err error) string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	var all []string
	for _, f := range e.Fields {
		all = append(all, f.Pointer+" "+f.En)
	}
	return strings.Join(all, "; ")
}

// catchUp brings a search index on a server up to date, with a bar.
func (a *app) catchUp(ctx context.Context) error {
	if errors.Is(a.finder.Index.Ready(ctx), discovery.ErrIndexMissing) {
		bar := newBar("index")
		defer bar.Finish() //nolint:errcheck // it only draws
		return a.projector.Reindex(ctx, func(done, total int) {
			bar.ChangeMax(total)
			_ = bar.Set(done)
		})
	}
	waiting, err := a.relay.Outbox.Waiting(ctx, discovery.Consumer)
	if err != nil {
		return err
	}
	bar := newBar("index")
	bar.ChangeMax(waiting)
	defer bar.Finish() //nolint:errcheck // it only draws
	for {
		n, err := a.relay.Deliver(ctx, discovery.Consumer, a.projector.Handle)
		if err != nil {
			return fmt.Errorf("the places are stored; the search index will have them when a server runs: %w", err)
		}
		if n == 0 {
			return nil
		}
		_ = bar.Add(n)
	}
}

// rejects is the file of rows that could not be used; made when there is one.
type rejects struct {
	path string
	file *os.File
	csv  *csv.Writer
}

func (r *rejects) add(row osm.Row, reason string) error {
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
	return r.csv.Write([]string{strconv.Itoa(row.Line), row.ID, reason})
}

func (r *rejects) close() error {
	if r.file == nil {
		return nil
	}
	r.csv.Flush()
	return errors.Join(r.csv.Error(), r.file.Close())
}
