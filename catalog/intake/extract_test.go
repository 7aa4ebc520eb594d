package intake_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corner/catalog"
	"corner/catalog/intake"
	"corner/internal/fixtures"
)

// extract is the extract of 15 cities, which may not be copied into the repository.
func extract(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile(fixtures.File(t, "osm_merchants_15cities.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWholeExtract(t *testing.T) {
	t.Parallel()
	file := extract(t)
	began := time.Now()
	listings, reasons := read(t, bytes.NewReader(file))
	t.Logf("%d listings and %d rows refused in %v", len(listings), len(reasons), time.Since(began))
	if len(listings) != 59_362 || len(reasons) != 0 {
		t.Errorf("%d listings and %d rows refused %v, want 59362 and none", len(listings), len(reasons), reasons)
	}
	var zones, phones, zh, en int
	categories, sources := map[string]int{}, map[string]bool{}
	for line, l := range listings {
		if !known(l.Category) {
			t.Errorf("line %d: category %q", line, l.Category)
		}
		if sources[l.Source] {
			t.Errorf("line %d: %s again", line, l.Source)
		}
		sources[l.Source] = true
		categories[l.Category]++
		count := func(n *int, s string) {
			if s != "" {
				*n++
			}
		}
		count(&zones, l.Zone)
		count(&phones, l.Phone)
		count(&zh, l.Names.Zh)
		count(&en, l.Names.En)
	}
	t.Logf("%d with a zone, %d with a phone, %d with a second name in Chinese, %d in English; %v", zones, phones, zh, en, categories)
	if zones != len(listings) {
		t.Errorf("%d listings have a zone, want all", zones)
	}
	// What the extract holds, so that a change of the mapping is seen.
	for key, least := range map[string]int{"restaurant": 23_000, "convenience": 8_000, "cafe": 8_000, "bank": 7_000, "noodles": 150, "hotpot": 30, "gym": 440, "other": 140} {
		if categories[key] < least {
			t.Errorf("%d listings are %s, want at least %d", categories[key], key, least)
		}
	}
}

func BenchmarkExtract(b *testing.B) {
	file := extract(b)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := intake.Open("extract.csv", bytes.NewReader(file), intake.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, _, err = r.Next()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}

func FuzzReader(f *testing.F) {
	header := strings.Join(intake.OSMColumns, ",") + "\n"
	sample, err := os.ReadFile(filepath.Join("testdata", "sample.csv"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	for _, rows := range []string{
		"", "\n\n", `"`, "\"\n\"", "a,b\r\n", strings.Repeat(",", 16), "osm:node/1,x,,,,,1,2,,,,,,,,,\n",
		"osm:node/1,\"x\ny\",,,,,1,2,,,,,,,,,", "osm:node/1,x,,,,,NaN,Inf,,,,,+1;+2,,,,", "\xff,\x00,,,,,1e9,-0,,,,Local,+,,,,",
	} {
		f.Add([]byte(header + rows))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := intake.Open("extract.csv", bytes.NewReader(file), intake.Options{})
		if err != nil {
			return
		}
		readOn(t, r, bytes.Count(file, []byte{'\n'})+1)
	})
}

// readOn reads a file of so many lines to its end: every row is usable, or refused with
// a reason, and none comes twice.
func readOn(t *testing.T, r intake.Reader, lines int) {
	t.Helper()
	for last := 0; ; {
		l, row, err := r.Next()
		var bad *intake.RowError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &bad):
			if bad.Reason == "" {
				t.Fatalf("line %d is refused without a reason", row.Line)
			}
		case err != nil:
			t.Fatal(err)
		default:
			check(t, l)
		}
		if row.Line <= last || row.Line > lines {
			t.Fatalf("line %d after line %d of %d", row.Line, last, lines)
		}
		last = row.Line
	}
}

func check(t *testing.T, l catalog.Listing) {
	t.Helper()
	if l.Source == "" || l.Names.Main == "" || !known(l.Category) || l.Location == nil || !l.Location.Point.Valid() {
		t.Fatalf("incomplete: %+v", l)
	}
	if h := l.Hours; h.Normalize() != nil || len(l.Source) > catalog.MaxName {
		t.Fatalf("hours %+v, source %q", l.Hours, l.Source)
	}
	if l.Names.Zh == l.Names.Main || l.Names.En == l.Names.Main {
		t.Fatalf("a name is said twice: %+v", l.Names)
	}
}

func known(key string) bool { _, ok := catalog.BuiltIn.Category(key); return ok }
