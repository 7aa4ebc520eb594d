package catalog_test

import (
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corner/catalog"
	"corner/geo"
	"corner/internal/fixtures"
	"corner/text"
)

// Pairs are made of real places: positives of one place and what a second person would
// register of it, negatives of two places that stand within 150 m of each other. Half
// of the places, chosen by a hash of their ids, served for choosing the constants of
// catalog.Similarity; the figures are of the other half. Its errors were
// looked at along the way, so it is no set that nobody has seen.

type realPlace struct {
	id string
	n  catalog.Neighbour
}

// realPlaces reads what the two big data sets tell, which of the neighbours' fields
// counts: names, category, position, telephone.
func realPlaces(t testing.TB) []realPlace {
	t.Helper()
	var all []realPlace
	for _, r := range table(t, "osm_merchants_15cities.csv") {
		_, category, _ := strings.Cut(r["category"], "=")
		if _, known := catalog.BuiltIn.Category(category); !known { // as many tags are called as ours are
			category = "other"
		}
		all = append(all, realPlace{r["id"], catalog.Neighbour{
			Names: catalog.Names{Main: r["name"], Zh: r["name_zh"], En: r["name_en"]}, Category: category, Phone: digits(r["phone"]),
			Point: geo.Point{Lat: number(r["lat"]), Lng: number(r["lon"])}, State: catalog.Published,
		}})
	}
	for _, r := range table(t, "hongkong_facilities_gov.csv") {
		all = append(all, realPlace{r["id"], catalog.Neighbour{
			Names: catalog.Names{Main: r["name_zh"], Zh: r["name_zh"], En: r["name_en"]}, Category: "other", Phone: digits(r["phone"]),
			Point: geo.Point{Lat: number(r["lat"]), Lng: number(r["lon"])}, State: catalog.Published,
		}})
	}
	return slices.DeleteFunc(all, func(p realPlace) bool { return p.n.Names.Main == "" || !p.n.Point.Valid() })
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.Split(s, ";")[0])
}

// table reads a CSV of the shared data, each row by its header.
func table(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := make([]map[string]string, 0, len(rows)-1)
	for _, row := range rows[1:] {
		m := make(map[string]string, len(row))
		for i, v := range row {
			m[rows[0][i]] = v
		}
		all = append(all, m)
	}
	return all
}

// shared finds a file of the shared data.
func shared(t testing.TB, name string) string {
	t.Helper()
	return fixtures.File(t, name)
}

// dice are the same for the same id and purpose, in every run.
func dice(id, purpose string, n int) int {
	h := fnv.New64a()
	fmt.Fprint(h, id, "/", purpose)
	sum := h.Sum64()
	sum ^= sum >> 33
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 29
	return int(sum % uint64(n))
}

// moved is a point 5 to 80 m away.
func moved(id string, p geo.Point) geo.Point {
	far, angle := 5+float64(dice(id, "far", 75)), float64(dice(id, "angle", 360))*math.Pi/180
	return geo.Point{
		Lat: p.Lat + far*math.Sin(angle)/111_320,
		Lng: p.Lng + far*math.Cos(angle)/111_320/math.Cos(p.Lat*math.Pi/180),
	}
}

// perturbation is one way to register a place again. loose ones nothing but luck can tell,
// and they count in no total.
type perturbation struct {
	kind  string
	make  func(p realPlace) (catalog.Neighbour, bool)
	first func(p realPlace) catalog.Neighbour // how the place is registered already; nil: as it is
	loose bool
}

// perturbations make of a place what a second person registers; false: it cannot be
// done to this one. All of them also move the pin.
var perturbations = []perturbation{
	{kind: "same name, pin moved", make: func(p realPlace) (catalog.Neighbour, bool) { return again(p), true }},
	{kind: "typo", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		typed, ok := typo(p.id, n.Names.Main)
		n.Names = catalog.Names{Main: typed}
		return n, ok
	}},
	{kind: "branch added", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		n.Names = catalog.Names{Main: p.n.Names.Main + [...]string{"(总店)", "（中心店）", " (Main Street Branch)", "（朝阳店）"}[dice(p.id, "branch", 4)]}
		return n, !strings.ContainsAny(p.n.Names.Main, "()（）")
	}},
	{kind: "branch dropped", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		at := strings.IndexAny(n.Names.Main, "(（")
		if at <= 1 {
			return n, false
		}
		n.Names = catalog.Names{Main: strings.TrimSpace(n.Names.Main[:at])}
		return n, len([]rune(n.Names.Main)) >= 2
	}},
	{kind: "trade word or company form added", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		end := [...]string{" Restaurant", " Co. Ltd", " Shop"}[dice(p.id, "word", 3)]
		if isHan(n.Names.Main) {
			end = [...]string{"餐厅", "有限公司", "店"}[dice(p.id, "word", 3)]
		}
		n.Names = catalog.Names{Main: n.Names.Main + end}
		return n, true
	}},
	{kind: "simplified for traditional", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		simple, ok := simplified[p.id]
		n.Names = catalog.Names{Main: simple}
		return n, ok
	}},
	{kind: "only the Chinese name of a bilingual one", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		n.Names = catalog.Names{Main: p.n.Names.Zh}
		return n, bilingual(p)
	}},
	{kind: "only the English name of a bilingual one", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		n.Names = catalog.Names{Main: p.n.Names.En}
		return n, bilingual(p)
	}},
	{kind: "only English beside only Chinese, same telephone", first: onlyChinese, make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		n.Names, n.Phone = catalog.Names{Main: p.n.Names.En}, p.n.Phone
		return n, bilingual(p) && p.n.Phone != ""
	}},
	{
		kind:  "only English beside only Chinese, no telephone",
		first: onlyChinese,
		loose: true,
		make: func(p realPlace) (catalog.Neighbour, bool) {
			n := again(p)
			n.Names, n.Phone = catalog.Names{Main: p.n.Names.En}, ""
			return n, bilingual(p)
		},
	},
	{kind: "upper case, no accents, other marks", make: func(p realPlace) (catalog.Neighbour, bool) {
		n := again(p)
		n.Names = catalog.Names{
			Main: strings.ToUpper(strings.NewReplacer("é", "e", "'", "’", "&", "and", "-", " ", "ü", "u").Replace(n.Names.Main)),
		}
		return n, !isHan(n.Names.Main) && n.Names.Main != p.n.Names.Main
	}},
}

// again is the place as somebody registers it who has its name right. Half of those
// who have a telephone give it.
func again(p realPlace) catalog.Neighbour {
	n := p.n
	n.Point = moved(p.id, n.Point)
	if dice(p.id, "phone", 2) == 0 {
		n.Phone = ""
	}
	return n
}

func onlyChinese(p realPlace) catalog.Neighbour {
	n := p.n
	n.Names = catalog.Names{Main: p.n.Names.Zh}
	return n
}

func bilingual(p realPlace) bool {
	return p.n.Names.Zh != "" && p.n.Names.En != "" && isHan(p.n.Names.Zh) && !isHan(p.n.Names.En)
}

func isHan(s string) bool {
	for r := range text.Runs(text.Fold(s)) {
		if r.Kind == text.Spaceless {
			return true
		}
	}
	return false
}

// typo drops, doubles, swaps or replaces one character of a name of four or more.
func typo(id, name string) (string, bool) {
	r := []rune(name)
	if len(r) < 4 {
		return "", false
	}
	i := 1 + dice(id, "where", len(r)-2)
	switch dice(id, "typo", 4) {
	case 0:
		r = slices.Delete(r, i, i+1)
	case 1:
		r = slices.Insert(r, i, r[i])
	case 2:
		r[i], r[i+1] = r[i+1], r[i]
	default:
		with := 'e'
		if text.KindOf(r[i]) == text.Spaceless {
			with = '的'
		}
		r[i] = with
	}
	return string(r), string(r) != name
}

// simplified is the simplified names of Hong Kong's places, by id.
var simplified = map[string]string{}
