package intake_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/catalog/intake"
	"corner/geo"
)

// read is the whole of an extract: its listings by line, and the reasons by line.
func read(t testing.TB, from io.Reader) (listings map[int]catalog.Listing, reasons map[int]string) {
	t.Helper()
	r, err := intake.Open("extract.csv", from, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return readAll(t, r)
}

func readAll(t testing.TB, r intake.Reader) (listings map[int]catalog.Listing, reasons map[int]string) {
	t.Helper()
	listings, reasons = map[int]catalog.Listing{}, map[int]string{}
	for {
		l, row, err := r.Next()
		var bad *intake.RowError
		switch {
		case errors.Is(err, io.EOF):
			return listings, reasons
		case errors.As(err, &bad):
			if bad.Row != row {
				t.Errorf("row %+v, and in its error %+v", row, bad.Row)
			}
			reasons[row.Line] = bad.Reason
		case err != nil:
			t.Fatal(err)
		default:
			listings[row.Line] = l
		}
	}
}

// everyDay is hours that are the same all week.
func everyDay(opens, closes int) (h catalog.Hours) {
	for d := range h.Weekly {
		h.Weekly[d] = []catalog.Interval{{Opens: opens, Closes: closes}}
	}
	return h
}

func TestReader(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join("testdata", "sample.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	listings, reasons := read(t, f)
	spot := func(lat, lng float64) *catalog.Spot {
		return &catalog.Spot{Point: geo.Point{Lat: lat, Lng: lng}, System: geo.WGS84}
	}
	want := map[int]catalog.Listing{
		2: {Source: "osm:node/1", Draft: catalog.Draft{
			Names:    catalog.Names{Main: "海記麵家 Hoi Kee Noodles", Zh: "海記麵家", En: "Hoi Kee Noodles"},
			Category: "noodles",
			Location: spot(
				22.2801,
				114.1588,
			),
			Address: "軒尼詩道 Hennessy Road",
			Phone:   "+85229048603",
			Zone:    "Asia/Hong_Kong",
			Hours:   everyDay(7*60, 22*60),
		}},
		3: {Source: "osm:node/2", Draft: catalog.Draft{
			Names: catalog.Names{Main: `The "Blue" Café, upstairs`}, Category: "cafe",
			Location: spot(50.0875, 14.4213), Address: "1 Kozí, 11000", Phone: "+420605065560", Zone: "Europe/Prague",
		}},
		4: {Source: "osm:node/3", Draft: catalog.Draft{ // a line end within a column
			Names: catalog.Names{Main: "Two Lines"}, Category: "restaurant",
			Location: spot(1.3, 103.8), Address: "Block 1 Level 2", Zone: "Asia/Singapore",
		}},
		6: {Source: "osm:node/4", Draft: catalog.Draft{ // no name of its own; a phone as it is dialled there; no zone
			Names: catalog.Names{Main: "Somewhere", Zh: "某处"}, Category: "other", Location: spot(13.7, 100.5), Phone: "+6624542058",
		}},
		12: {Source: "osm:node/10", Draft: catalog.Draft{ // a mark within a column
			Names: catalog.Names{Main: "After the Mark"}, Category: "gym", Location: spot(13.7, 100.5), Zone: "Asia/Bangkok",
		}},
		15: {Source: "osm:node/13", Draft: catalog.Draft{
			Names: catalog.Names{Main: "Last, without a line end"}, Category: "bank", Location: spot(13.8, 100.6), Zone: "Asia/Bangkok",
		}},
	}
	if diff := cmp.Diff(want, listings); diff != "" {
		t.Errorf("listings (-want +got):\n%s", diff)
	}
	wantReasons := map[int]string{
		7:  "lat: is not a number",
		8:  "lat and lng: are swapped",
		9:  "lat and lng: are 0,0, which is no place",
		10: "name: is missing in every language",
		11: "a quotation mark stands where none can",
		13: "it has 5 columns, not 17",
		14: "id: is missing",
	}
	if diff := cmp.Diff(wantReasons, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

func TestOtherFormats(t *testing.T) {
	t.Parallel()
	header := strings.Join(intake.OSMColumns, ",")
	for name, c := range map[string]struct {
		file string
		ok   bool
	}{
		"the header":      {header + "\n", true},
		"no line end":     {header, true},
		"a byte order":    {"\ufeff" + header + "\r\n", true},
		"empty":           {"", false},
		"another table":   {"name,lat,lng\nx,1,2\n", false},
		"another order":   {strings.Replace(header, "lat,lon", "lon,lat", 1), false},
		"a column more":   {header + ",x", false},
		"an endless line": {strings.Repeat("x", 1<<20), false},
	} {
		_, err := intake.Open("extract.csv", strings.NewReader(c.file), intake.Options{})
		if (err == nil) != c.ok || err != nil && !errors.Is(err, intake.ErrFormat) {
			t.Errorf("%s: %v; want ok %v", name, err, c.ok)
		}
	}
}

// A quotation mark that is never closed, or a line without end, costs its own row only.
func TestDamageIsLocal(t *testing.T) {
	t.Parallel()
	good := "osm:node/%d,Shop,,,shop=florist,,1,2,,,,Asia/Singapore,,,,,\n"
	for name, damage := range map[string]string{
		"a mark never closed": `osm:node/0,"Shop,,,shop=florist,,1,2,,,,,,,,,` + "\n",
		"a long line":         "osm:node/0," + strings.Repeat("长", 100_000) + ",,,,,1,2,,,,,,,,,\n",
		"only marks":          strings.Repeat(`"`, 31) + "\n",
		"not UTF-8":           "osm:node/\xff,Shop,,,,,1,2,,,,,,,,,\n",
	} {
		var b strings.Builder
		b.WriteString(strings.Join(intake.OSMColumns, ",") + "\n")
		for i := range 50 {
			if i%10 == 3 {
				b.WriteString(damage)
			}
			fmt.Fprintf(&b, good, i+1)
		}
		listings, reasons := read(t, strings.NewReader(b.String()))
		if len(listings) != 50 || len(reasons) != 5 {
			t.Errorf("%s: %d listings and %d rows refused (%v), want 50 and 5", name, len(listings), len(reasons), reasons)
		}
	}
}

func TestNamesAreCutBetweenCharacters(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("苏州面", 100)
	file := strings.Join(intake.OSMColumns, ",") + "\nosm:node/1," + long + ",,,,,1,2," + long + long + ",,,,,,,,\n"
	listings, _ := read(t, strings.NewReader(file))
	l := listings[2]
	if n := utf8.RuneCountInString(l.Names.Main); n != catalog.MaxName || !utf8.ValidString(l.Names.Main) {
		t.Errorf("the name has %d characters, want %d", n, catalog.MaxName)
	}
	if n := utf8.RuneCountInString(l.Address); n != catalog.MaxAddress {
		t.Errorf("the address has %d characters, want %d", n, catalog.MaxAddress)
	}
}

func TestFileErrorIsFinal(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	r, err := intake.Open(
		"extract.csv",
		io.MultiReader(strings.NewReader(strings.Join(intake.OSMColumns, ",")+"\n"), failing{broken}),
		intake.Options{},
	)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Next(); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
