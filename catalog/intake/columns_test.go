package intake_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/catalog/intake"
	"corner/geo"
)

func columns(t testing.TB, s string) intake.Columns {
	t.Helper()
	c, err := intake.ParseColumns(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestColumns(t *testing.T) {
	t.Parallel()
	const file = "\ufeffNr;Titel;Englisch;Art;Y;X;Straße;Ort;Tel;Offen;System\n" +
		`7;面馆;Noodles;餐厅;31,5;120.6;"Main ""St""; 1";苏州;0512 6520 0000;Mo-Fr 09:00-18:00;gcj02` + "\n" +
		"8; ;Only English;Bakery;31.3;120.6;;苏州;;by arrangement;\n" +
		"9;Third;;amenity=cafe;31.3;120.6;;;+1 212 555 0100;;BD09\n" +
		"10;Fourth;;volcano;31.3;120.6;;;;;mars\n" +
		";Fifth;;;31.3;120.6;;;;;\n"
	o := intake.Options{
		Columns: columns(t, "id=nr,name=Titel,name_en=Englisch,category=Art,lat=Y,lng=X,address=Straße+Ort,phone=Tel,country==CN,hours=Offen,"+
			"coord_system=System,zone==Asia/Shanghai"),
	}
	r, err := intake.Open("some/shops.csv", strings.NewReader(strings.Replace(file, "31,5", "31.5", 1)), o)
	if err != nil {
		t.Fatal(err)
	}
	listings, reasons := readAll(t, r)
	weekdays := catalog.Hours{}
	for d := range 5 {
		weekdays.Weekly[d] = []catalog.Interval{{Opens: 540, Closes: 1080}}
	}
	spot := func(lat float64, s geo.System) *catalog.Spot {
		return &catalog.Spot{Point: geo.Point{Lat: lat, Lng: 120.6}, System: s}
	}
	want := map[int]catalog.Listing{
		2: {Source: "shops:7", Draft: catalog.Draft{
			Names: catalog.Names{Main: "面馆", En: "Noodles"}, Category: "restaurant", Location: spot(31.5, geo.GCJ02),
			Address: `Main "St"; 1, 苏州`, Phone: "+8651265200000", Zone: "Asia/Shanghai", Hours: weekdays,
		}},
		3: {Source: "shops:8", Draft: catalog.Draft{
			Names: catalog.Names{Main: "Only English"}, Category: "bakery", Location: spot(31.3, geo.WGS84), Address: "苏州", Zone: "Asia/Shanghai",
		}},
		4: {Source: "shops:9", Draft: catalog.Draft{
			Names: catalog.Names{Main: "Third"}, Category: "cafe", Location: spot(31.3, geo.BD09), Phone: "+12125550100", Zone: "Asia/Shanghai",
		}},
	}
	if diff := cmp.Diff(want, listings); diff != "" {
		t.Errorf("listings (-want +got):\n%s", diff)
	}
	wantReasons := map[int]string{5: "coord_system: is none of wgs84, gcj02, bd09", 6: "id: is missing"}
	if diff := cmp.Diff(wantReasons, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

// A row without ids is known by its name and position; another directory's are others.
func TestSources(t *testing.T) {
	t.Parallel()
	const file = "name,lat,lng\nA,1,2\nA,1,2.1\nB,1,2\n"
	sources := func(name string, o intake.Options) (all []string) {
		o.Columns = columns(t, "name=name,lat=lat,lng=lng")
		r, err := intake.Open(name, strings.NewReader(file), o)
		if err != nil {
			t.Fatal(err)
		}
		listings, _ := readAll(t, r)
		for line := 2; line <= 4; line++ {
			all = append(all, listings[line].Source)
		}
		return all
	}
	first, again := sources("a/x.csv", intake.Options{}), sources("b/y.csv", intake.Options{Directory: "x"})
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the same rows under the same name (-first +again):\n%s", diff)
	}
	other := sources("y.csv", intake.Options{})
	all := map[string]bool{}
	for _, s := range append(first, other...) {
		all[s] = true
	}
	if len(all) != 6 || !strings.HasPrefix(first[0], "x:") {
		t.Errorf("sources %v and %v, want six different ones", first, other)
	}
}

func TestColumnsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "name", "nme=x", "name=a,name=b", "name=a,,lat=b"} {
		if c, err := intake.ParseColumns(s); err == nil {
			t.Errorf("ParseColumns(%q) = %v, want an error", s, c)
		}
	}
	for _, s := range []string{"name=a,lat=b", "name=a,lat=b,lng=nowhere", "lat=a,lng=b", "name_en=nowhere,lat=b,lng=a"} {
		_, err := intake.Open("x.csv", strings.NewReader("a,b\n1,2\n"), intake.Options{Columns: columns(t, s)})
		if !errors.Is(err, intake.ErrFormat) {
			t.Errorf("columns %q in a table of a and b: %v, want ErrFormat", s, err)
		}
	}
	if _, err := intake.Open("x.csv", strings.NewReader("a\n"), intake.Options{Preset: "mars"}); err == nil {
		t.Error("a preset that is none: no error")
	}
	if _, err := intake.Open("x.csv", strings.NewReader("a\n"), intake.Options{Format: "xml"}); err == nil {
		t.Error("a format that is none: no error")
	}
}

func FuzzColumns(f *testing.F) {
	f.Add("name=a,lat=b,lng=c,hours=d|e,address=a+b", "a,b,c,d,e\nx,1,2,24/7,\n")
	f.Add(
		"name==x,lat=b,lng=c,id=a,coord_system==gcj02,accuracy_m=d,zone==Asia/Shanghai,phone=e,country==CN",
		"a;b;c;d;e\n1;31;120;1e9;010-65529988\n",
	)
	f.Add("source=a,name_zh=b,lat==1,lng==2", "a\tb\n\t\"\n")
	f.Fuzz(func(t *testing.T, mapping, file string) {
		c, err := intake.ParseColumns(mapping)
		if err != nil {
			return
		}
		r, err := intake.Open("fuzz.csv", strings.NewReader(file), intake.Options{Format: "csv", Columns: c})
		if err != nil {
			return
		}
		readOn(t, r, strings.Count(file, "\n")+1)
	})
}
