package cornertest_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"corner/internal/cornertest"
	"corner/store/storetest"
)

// TestKilledImport kills an import with -9 in the middle, twice, and starts it again: it
// goes on where it was, and ends as one that nobody killed.
func TestKilledImport(t *testing.T) {
	t.Parallel()
	const rows, every = 10_000, 50 // one in every so many cannot be used
	dir := t.TempDir()
	for name, write := range map[string]func(*bytes.Buffer, int, string){
		"shops.csv": func(b *bytes.Buffer, i int, lat string) {
			fmt.Fprintf(b, "osm:node/%d,Shop %d,,,shop=florist,,%s,120.5,,,,Asia/Shanghai,,,Mo-Fr 09:00-18:00,,\n", i, i, lat)
		},
		"shops.geojsonl": func(b *bytes.Buffer, i int, lat string) {
			fmt.Fprintf(b, `{"type":"Feature","id":"node/%d","properties":{"name":"Shop %d","shop":"florist"},"geometry":{"type":"Point","coordinates":[120.5,%s]}}`+"\n",
				i, i, lat)
		},
	} {
		var b bytes.Buffer
		if strings.HasSuffix(name, ".csv") {
			b.WriteString("id,name,name_zh,name_en,category,cuisine,lat,lon,address,city,country,tz,phone,website,opening_hours,brand,extra\n")
		}
		for i := range rows {
			lat := fmt.Sprintf("%.5f", 25+float64(i)/1000)
			if i%every == 0 {
				lat = "null"
			}
			write(&b, i, lat)
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		whole := cornertest.Setup{Data: t.TempDir()}
		if out := cornertest.Run(t, whole, "import", file); !strings.Contains(out, "9800 new") {
			t.Fatalf("an import that nobody kills says:\n%s", out)
		}
		for _, kind := range []string{"sqlite", "postgres"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				setup := cornertest.Setup{Data: t.TempDir(), Database: storetest.URL(t, kind)}
				killImport(t, setup, file, rows, every)
				if want, got := rejectsOf(t, whole, file), rejectsOf(t, setup, file); !bytes.Equal(want, got) {
					t.Errorf("the rejects are %d bytes, want the %d of an import that nobody killed", len(got), len(want))
				}
			})
		}
	}
}

var (
	resumed = regexp.MustCompile(`(\d+) rows more were done before`)
	took    = regexp.MustCompile(`(\d+) rows in`)
)

func killImport(t *testing.T, setup cornertest.Setup, file string, rows, every int) {
	t.Helper()
	for _, done := range []int{rows / 4, rows / 2} {
		cornertest.KillWhen(t, setup, func() bool {
			text, err := os.ReadFile(rejectsPath(setup, file))
			return err == nil && bytes.Count(text, []byte("\n")) > done/every
		}, "import", file)
	}
	out := cornertest.Run(t, setup, "import", file)
	count := func(of *regexp.Regexp) int {
		t.Helper()
		m := of.FindStringSubmatch(out)
		if m == nil {
			t.Fatalf("the last import does not say %s:\n%s", of, out)
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	// The mark is set after the rejects are written, so it may be a batch behind.
	if before, now := count(resumed), count(took); before < rows/2-1_100 || before+now != rows {
		t.Errorf("%d rows were done before and %d now, want half of %d or more before:\n%s", before, now, rows, out)
	}
	if !strings.Contains(out, "200 rejected") {
		t.Errorf("the last import says:\n%s", out)
	}
	out = cornertest.Run(t, setup, "import", file)
	if !strings.Contains(out, "0 new, 0 changed, 9800 as they were, 0 claimed and left alone, 200 rejected") || resumed.MatchString(out) {
		t.Errorf("one import more says:\n%s", out)
	}
}

func rejectsPath(setup cornertest.Setup, file string) string {
	base := filepath.Base(file)
	return filepath.Join(setup.Data, strings.TrimSuffix(base, filepath.Ext(base))+".rejects.csv")
}

func rejectsOf(t *testing.T, setup cornertest.Setup, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(rejectsPath(setup, file))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestImportFiles: several files at once, each known by its beginning, and one that is
// something else, which stops none of them.
func TestImportFiles(t *testing.T) {
	t.Parallel()
	dir, setup := t.TempDir(), cornertest.Setup{Data: t.TempDir()}
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cafes := file("cafes.csv", "id,name,city,lat,lon,download_speed,menu\ncncafe:beijing:0,奇遇花园,beijing,39.941,116.342,,\n")
	parks := file(
		"parks.json",
		`{"type":"FeatureCollection","features":[{"type":"Feature","id":"way/1","properties":{"name":"Green","leisure":"park"},`+
			`"geometry":{"type":"Polygon","coordinates":[[[10,50],[10.01,50],[10.01,50.01],[10,50]]]}}]}`,
	)
	shops := file("shops.txt", "Nr;Titel;Breite;L\u00e4nge\n7;Blumen;50;10\n8;Nirgends;;\n")

	if out := cornertest.Run(t, setup, "import", cafes, parks); strings.Count(out, "1 new") != 2 {
		t.Errorf("two files give:\n%s", out)
	}
	out := cornertest.Run(
		t,
		setup,
		"import",
		shops,
		"--columns=id=nr,name=titel,lat=breite,lng=l\u00e4nge,category==florist",
		"--source=blumen",
	)
	if !strings.Contains(out, "1 new") || !strings.Contains(out, "1 rejected") || !strings.Contains(out, "lat: is not a number") {
		t.Errorf("a table by its columns gives:\n%s", out)
	}
	if text := string(rejectsOf(t, setup, shops)); text != "line,id,reason\n3,8,lat: is not a number\n" {
		t.Errorf("the rejects are %q", text)
	}
	out = cornertest.Fail(t, setup, "import", shops, cafes)
	if !strings.Contains(out, "1 as they were") || !strings.Contains(out, "say with --columns what they are") {
		t.Errorf("a file that is something else, and one that is not, give:\n%s", out)
	}
}
