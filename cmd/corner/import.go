package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corner/catalog/intake"
	"corner/discovery"
	"corner/store/catalogsql"
)

type importCmd struct {
	Files   []string `arg:"" type:"existingfile" name:"file" help:"Tables in CSV, and GeoJSON with OpenStreetMap's tags (see docs/operations.md)."`
	Format  string   `enum:",csv,geojson,geojsonl" default:"" placeholder:"FORMAT" help:"csv, geojson, or geojsonl (features line by line, or RFC 8142). Default: by the file's beginning."`
	Columns string   `placeholder:"FIELD=COLUMN,…" help:"What the columns of a table are: lat=y,lng=x,name=title,address=street+city,phone=tel|mobile,country==TH. Fields: ${fields}."`
	Preset  string   `placeholder:"NAME" help:"What the columns are, for a table that many have: ${presets}. Default: by the header."`
	Source  string   `placeholder:"NAME" help:"The directory that ids without a colon are from. Default: the file's name."`
	Rejects string   `type:"path" placeholder:"FILE" help:"Where to write the rows that could not be used; for one file only. Default: NAME.rejects.csv in the data folder."`
}

// Validate is called by kong.
func (m importCmd) Validate() error {
	if m.Rejects != "" && len(m.Files) > 1 {
		return errors.New("--rejects: is for one file")
	}
	if m.Columns != "" && m.Preset != "" {
		return errors.New("--columns and --preset: give one of them")
	}
	_, err := m.options()
	return err
}

func (m importCmd) options() (intake.Options, error) {
	o := intake.Options{Format: m.Format, Preset: m.Preset, Directory: m.Source}
	var err error
	if m.Columns != "" {
		o.Columns, err = intake.ParseColumns(m.Columns)
	}
	return o, err
}

// Run takes over the places of files. Running it again changes nothing that has not
// changed in them, and goes on where a run was broken off.
func (m importCmd) Run(ctx context.Context, c *Config) error {
	a, err := wire(ctx, c, c.logger(), time.Now)
	if err != nil {
		return err
	}
	defer a.close()
	var unread []error // files that are something else stop none of the others
	for _, file := range m.Files {
		err := m.one(ctx, a, file)
		switch {
		case ctx.Err() != nil:
			return errors.New("broken off; the same command goes on where it was")
		case errors.Is(err, intake.ErrFormat):
			unread = append(unread, fmt.Errorf("%s: %w", file, err))
		case err != nil:
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	if !a.embeddedIndex() { // else the server finds the events, or builds its index when it starts
		unread = append(unread, a.catchUp(ctx))
	}
	return errors.Join(unread...)
}

// one imports a file.
func (m importCmd) one(ctx context.Context, a *app, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	rejects := m.Rejects
	if rejects == "" {
		rejects = filepath.Join(a.config.Data, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+".rejects.csv")
	}
	bar := newByteBar(filepath.Base(path), info.Size())
	began := time.Now()
	o, err := m.options()
	if err != nil {
		return err
	}
	o.Tree = a.catalog.Tree()
	reader, err := intake.Open(path, io.TeeReader(file, bar), o)
	if err != nil {
		return err
	}
	summary, err := intake.Importer{Catalog: a.catalog, Marks: catalogsql.Store{DB: a.db}, Now: time.Now}.Run(ctx, reader, intake.Run{
		File: whole, Stamp: fmt.Sprint(info.Size(), info.ModTime().UnixNano(), m.Format, m.Columns, m.Preset, m.Source), Rejects: rejects,
	})
	_ = bar.Finish()
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s", filepath.Base(path), summary.Text(time.Since(began)))
	if summary.Rejected > 0 {
		fmt.Println("the rejected rows, with the reasons, are in", rejects)
	}
	return nil
}

// catchUp brings a search index on a server up to date, with a bar.
func (a *app) catchUp(ctx context.Context) error {
	if errors.Is(a.finder.Index.Ready(ctx), discovery.ErrIndexMissing) {
		bar := newBar("index")
		defer bar.Finish() //nolint:errcheck // it only draws
		return a.projector.Restore(ctx, func(done, total int) {
			bar.ChangeMax(total)
			_ = bar.Set(done)
		})
	}
	backlog, err := a.relay.Outbox.Backlog(ctx, discovery.Consumer, time.Now())
	if err != nil {
		return err
	}
	bar := newBar("index")
	bar.ChangeMax(backlog.Waiting)
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
