package recall

import (
	"fmt"
	"strings"

	"corner/catalog"
	"corner/discovery"
	"corner/geo"
)

// Set is questions of one kind.
type Set struct {
	Name      string
	Goal      float64 // how many of them shall be answered, 0 to 1
	Questions []Question
}

// Question asks by a text for a listing.
type Question struct {
	Text   string
	Wanted int // where in World.Listings
}

// ask makes the sets of questions.
func (w *World) ask(folder string) error {
	for _, ask := range []func(string) error{w.askHongKong, w.askBilingual, w.askPinyin, w.askBrands} {
		if err := ask(folder); err != nil {
			return err
		}
	}
	w.askSlips()
	return nil
}

// byIDs makes questions of a table's column for the places that its rows name.
func (w *World) byIDs(rows []row, column string) ([]Question, error) {
	var questions []Question
	for _, r := range rows {
		i, ok := w.byID[catalog.PlaceID(r["expected_id"])]
		if !ok {
			return nil, fmt.Errorf("%s is asked for, and is no place", r["expected_id"])
		}
		if r[column] != "" {
			questions = append(questions, Question{r[column], i})
		}
	}
	return questions, nil
}

func (w *World) askHongKong(folder string) error {
	rows, err := table(folder, "hk_trad_simp_queries.csv")
	if err != nil {
		return err
	}
	questions, err := w.byIDs(rows, "query_zh_hans")
	w.Sets = append(w.Sets, Set{"simplified for traditional", 0.97, questions})
	return err
}

func (w *World) askBilingual(folder string) error {
	rows, err := table(folder, "bilingual_name_queries.csv")
	if err != nil {
		return err
	}
	zh, err := w.byIDs(rows, "query_zh")
	if err != nil {
		return err
	}
	en, err := w.byIDs(rows, "query_en")
	w.Sets = append(w.Sets, Set{"bilingual, in Chinese", 0.97, zh}, Set{"bilingual, in English", 0.97, en})
	return err
}

func (w *World) askPinyin(folder string) error {
	rows, err := table(folder, "pinyin_of_names_a.csv")
	if err != nil {
		return err
	}
	full, initials := Set{Name: "full pinyin", Goal: 0.95}, Set{Name: "initials of pinyin", Goal: 0.95}
	for _, r := range rows {
		at, ok := w.byName[r["name"]]
		if !ok {
			return fmt.Errorf("%s is asked for, and is no place", r["name"])
		}
		full.Questions = append(full.Questions, Question{r["pinyin_full"], at})
		initials.Questions = append(initials.Questions, Question{r["initials"], at})
	}
	w.Sets = append(w.Sets, full, initials)
	return nil
}

const brandFile = "brand_names_zh_en.csv"

// readBrands adds a place for each row of the brands: somewhere among the places of the
// mainland for chains of there, and otherwise among the others.
func (w *World) readBrands(folder string) error {
	rows, err := table(folder, brandFile)
	if err != nil {
		return err
	}
	var mainland, elsewhere []geo.Point
	for i := range w.Listings {
		if strings.HasPrefix(string(w.Listings[i].Place), "cncafe:") {
			mainland = append(mainland, w.Listings[i].Point)
		} else {
			elsewhere = append(elsewhere, w.Listings[i].Point)
		}
	}
	random := seeded(1)
	for _, r := range rows {
		around := elsewhere
		if strings.Contains(r["countries"], "cn") {
			around = mainland
		}
		l := discovery.Listing{
			Place: brandPlace(r), Names: catalog.Names{Main: r["name"]}, Category: "other",
			Point: beside(around[random.IntN(len(around))], 2_000*random.Float64(), random.Float64()),
		}
		if b, ok := catalog.BrandByKey(catalog.BrandOf(l.Names)); ok {
			l.Category = b.Category
		}
		w.add(l)
		if _, known := w.byName[r["zh"]]; !known {
			w.byName[r["zh"]] = w.byID[l.Place] // some are asked for by this
		}
	}
	return nil
}

func brandPlace(r row) catalog.PlaceID { return catalog.PlaceID("nsi:" + r["nsi_id"]) }

// askBrands asks for each brand's place by every other name of the brand.
func (w *World) askBrands(folder string) error {
	rows, err := table(folder, brandFile)
	if err != nil {
		return err
	}
	names, aliases := Set{Name: "brands in the other language", Goal: 0.95}, Set{Name: "aliases of brands", Goal: 0.95}
	for _, r := range rows {
		at, seen := w.byID[brandPlace(r)], map[string]bool{r["name"]: true}
		question := func(s *Set, n string) {
			if n = strings.TrimSpace(n); n != "" && !seen[n] {
				seen[n] = true
				s.Questions = append(s.Questions, Question{n, at})
			}
		}
		for _, column := range []string{"zh", "zh_hans", "zh_hant", "en"} {
			question(&names, r[column])
		}
		for n := range strings.SplitSeq(r["aliases"], "|") {
			question(&aliases, n)
		}
	}
	w.Sets = append(w.Sets, names, aliases)
	return nil
}
