package intake_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/catalog"
	"corner/catalog/intake"
	"corner/store"
	"corner/store/catalogsql"
	"corner/store/storetest"
)

// rows is how many rows the files of these tests have: more than two batches.
const rows = 2_500

// files are the same places in every format: every 100th cannot be used, every 10th has
// hours that are not understood, and the last has the id of the first.
func files() map[string]string {
	table := strings.Join(intake.OSMColumns, ",") + "\n"
	mapped := "key\tlabel\ty\tx\ttimes\n"
	var features []string
	for i := range rows {
		id, lat, hours := i, fmt.Sprintf("%.5f", 30+float64(i)/1000), "Mo-Fr 09:00-18:00"
		switch {
		case i == rows-1:
			id = 0
		case i%100 == 50:
			lat = "north"
		case i%10 == 5:
			hours = "by arrangement"
		}
		table += fmt.Sprintf("osm:node/%d,Shop %d,,,shop=florist,,%s,120.5,,,,Asia/Shanghai,,,%s,,\n", id, i, lat, hours)
		mapped += fmt.Sprintf("%d\tShop %d\t%s\t120.5\t%s\n", id, i, lat, hours)
		if lat == "north" {
			lat = "null"
		}
		features = append(features, fmt.Sprintf(
			`{"type":"Feature","id":"node/%d","properties":{"name":"Shop %d","shop":"florist","opening_hours":%q},"geometry":{"type":"Point","coordinates":[120.5,%s]}}`,
			id,
			i,
			hours,
			lat,
		))
	}
	return map[string]string{
		"extract.csv": table, "mapped.tsv": mapped, "places.geojson": collectionOf(features...), "places.geojsonl": strings.Join(features, "\n"),
	}
}

// broken reads like the file up to some byte, and then fails.
type broken struct {
	io.Reader
	err error
}

func (b broken) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = b.err
	}
	return n, err
}

// TestImportTwice: the second import of a file changes nothing, in every format.
func TestImportTwice(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, file := range files() {
			w := importing{t: t, db: db, name: name, rejects: filepath.Join(t.TempDir(), "rejects.csv")}
			first, err := w.run(strings.NewReader(file), "stamp")
			if err != nil {
				t.Fatal(err)
			}
			want := intake.Summary{
				Rows: rows, Rejected: 26, HoursUnknown: 250,
				Hours: map[string]int{"is not in the form of opening hours": 250},
			}
			// Three of the formats have the same places, so the first of them makes them.
			ignored := cmpopts.IgnoreFields(intake.Summary{}, "Reasons", "New", "Same", "Changed")
			if diff := cmp.Diff(want, first, ignored); diff != "" || first.New+first.Changed+first.Same != rows-26 {
				t.Errorf("%s: the first import gives %+v; (-want +got):\n%s", name, first, diff)
			}
			again, err := w.run(strings.NewReader(file), "stamp")
			if err != nil || again.New+again.Changed != 0 || again.Same != rows-26 || again.Resumed != 0 {
				t.Errorf("%s: the second import gives %+v, %v; want all as they were", name, again, err)
			}
			text, err := os.ReadFile(w.rejects)
			if err != nil || strings.Count(string(text), "\n") != 27 ||
				!strings.Contains(string(text), "id: is given twice, and the first one counts") {
				t.Errorf("%s: the rejects are %v:\n%s", name, err, text)
			}
		}
	})
}

// TestImportGoesOn: an import that is broken off goes on behind what was stored, and ends
// like one that was not; of another file, or one read otherwise, it begins anew.
func TestImportGoesOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		file := files()["extract.csv"]
		whole := importing{t: t, db: storetest.Open(t, "sqlite"), name: "extract.csv", rejects: filepath.Join(t.TempDir(), "rejects.csv")}
		want, err := whole.run(strings.NewReader(file), "stamp")
		if err != nil {
			t.Fatal(err)
		}
		wantRejects, err := os.ReadFile(whole.rejects)
		if err != nil {
			t.Fatal(err)
		}

		w := importing{t: t, db: db, name: "extract.csv", rejects: filepath.Join(t.TempDir(), "rejects.csv")}
		gone := errors.New("the power is gone")
		if _, err := w.run(broken{strings.NewReader(file[:len(file)*3/5]), gone}, "stamp"); !errors.Is(err, gone) {
			t.Fatalf("a broken file gives %v, want %v", err, gone)
		}
		got, err := w.run(strings.NewReader(file), "stamp")
		if err != nil {
			t.Fatal(err)
		}
		if got.Resumed < 1_000 || got.Resumed > rows*3/5 {
			t.Errorf("the second run goes on after %d rows, want a batch or more", got.Resumed)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(intake.Summary{}, "Resumed")); diff != "" {
			t.Errorf("both runs together (-want +got):\n%s", diff)
		}
		rejects, err := os.ReadFile(w.rejects)
		if err != nil || string(rejects) != string(wantRejects) {
			t.Errorf("the rejects are not those of an import that was not broken off: %v\n%s", err, rejects)
		}

		if _, err := w.run(broken{strings.NewReader(file[:len(file)*3/5]), gone}, "stamp"); !errors.Is(err, gone) {
			t.Fatal(err)
		}
		anew, err := w.run(strings.NewReader(file), "another stamp")
		if err != nil || anew.Resumed != 0 || anew.Same != want.New || anew.New+anew.Changed != 0 {
			t.Errorf("another file gives %+v, %v; want to begin anew, and nothing changed", anew, err)
		}
	})
}

// importing is imports of a file into a database.
type importing struct {
	t             *testing.T
	db            *store.DB
	name, rejects string
}

func (w importing) run(file io.Reader, stamp string) (intake.Summary, error) {
	w.t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }
	o := intake.Options{}
	if strings.HasSuffix(w.name, ".tsv") {
		o.Columns = columns(w.t, "id=key,name=label,lat=y,lng=x,hours=times,category==florist,zone==Asia/Shanghai")
	}
	r, err := intake.Open(w.name, file, o)
	if err != nil {
		w.t.Fatal(err)
	}
	s := catalogsql.Store{DB: w.db}
	return intake.Importer{Catalog: &catalog.Catalog{Store: s, Now: now}, Marks: s, Now: now}.
		Run(w.t.Context(), r, intake.Run{File: w.name, Stamp: stamp, Rejects: w.rejects})
}

func TestSummary(t *testing.T) {
	t.Parallel()
	s := intake.Summary{Rows: 3_000, Resumed: 1_000, New: 2_900, Rejected: 100, Reasons: map[string]int{"b": 40, "a": 40, "c": 20}}
	const want = `2000 rows in 4s, 500 a second: 2900 new, 0 changed, 0 as they were, 0 claimed and left alone, 100 rejected
1000 rows more were done before the import was broken off, and are counted with them
rejected: 100
      40  a
      40  b
      20  c
`
	if diff := cmp.Diff(want, s.Text(4*time.Second)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
