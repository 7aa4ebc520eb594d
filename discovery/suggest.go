package discovery

import (
	"context"
	"slices"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/text"
)

// SuggestRequest asks what a person who is typing may want.
type SuggestRequest struct {
	Text   string
	Center geo.Point // where the person is
	Limit  int       // of each sort of suggestion; 0: DefaultSuggestions
}

// Bounds of suggestions.
const (
	DefaultSuggestions = 5
	MaxSuggestions     = 20
)

// Suggestions is what a person may be about to type.
type Suggestions struct {
	Places     []Hit // by relevance, one of a name
	Services   []SuggestedService
	Categories []catalog.Category // best match first
	Brands     []catalog.Brand    // whose whole name begins so, as written or as read
	// Lenient says that Places are of words one slip away from those typed.
	Lenient bool
}

// SuggestedService is a name under which something is sold nearby.
type SuggestedService struct {
	Name string
	At   Hit // the most relevant of the places that sell it
}

// Suggest completes what a person types, from what is nearby: within 2 km, or wider
// where that finds too little.
func (f *Finder) Suggest(ctx context.Context, r SuggestRequest) (Suggestions, error) {
	var in fault.Input
	checkPoint(&in, r.Center)
	if r.Limit == 0 {
		r.Limit = DefaultSuggestions
	}
	in.Check(r.Limit >= 1 && r.Limit <= MaxSuggestions, "limit", fault.OutOfRange)
	if err := in.Err(); err != nil {
		return Suggestions{}, err
	}
	tree := f.Trees.Tree()
	typed := ParseText(stillTyping(r.Text), tree)
	if typed.IsEmpty() {
		return Suggestions{}, nil
	}
	var s Suggestions
	categories := categoryNamesOf(tree)
	for _, n := range categories.find(typed, r.Limit) {
		s.Categories = append(s.Categories, categories.list[n])
	}
	for _, n := range brandNames().begin(typed, r.Limit) {
		s.Brands = append(s.Brands, catalog.Brands[n])
	}
	q := Query{Center: r.Center, Tree: tree, Sort: ByRelevance, Limit: min(4*r.Limit, MaxLimit), Single: true}
	var err error
	if names, ok := typed.only(isName); ok {
		q.Text = names
		if s.Places, err = f.suggestPlaces(ctx, q, r.Limit, wider); err != nil {
			return Suggestions{}, err
		}
	}
	if labels, ok := typed.only(isLabel); ok {
		q.Text = labels
		if s.Services, err = f.suggestServices(ctx, q, r.Limit); err != nil {
			return Suggestions{}, err
		}
	}
	if len(s.Places)+len(s.Services)+len(s.Categories)+len(s.Brands) > 0 {
		return s, nil
	}
	if slips, possible := typed.Lenient(); possible {
		q.Text = slips
		s.Places, err = f.suggestPlaces(ctx, q, r.Limit, wider[:2])
		s.Lenient = len(s.Places) > 0
	}
	return s, err
}

// stillTyping is what a person has typed, without a single letter at its end: of a word
// that has just been begun, "hand p" on the way to hand pulled. In a search that letter would
// be a word of its own.
func stillTyping(s string) string {
	folded := text.Fold(s)
	runs := 0
	for r := range text.Runs(folded) {
		runs++
		if r.Last && r.Kind == text.Word && len(r.Text) == 1 && runs > 1 {
			return folded[:len(folded)-1]
		}
	}
	return s
}

// suggestPlaces is the most relevant places, the first of each name.
func (f *Finder) suggestPlaces(ctx context.Context, q Query, limit int, radii []geo.Metres) (places []Hit, err error) {
	for _, q.Radius = range radii {
		page, err := f.Index.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		places = places[:0]
		for _, h := range page.Hits {
			same := func(o Hit) bool { return o.Listing.Names.Main == h.Listing.Names.Main }
			if len(places) < limit && !slices.ContainsFunc(places, same) {
				places = append(places, h)
			}
		}
		if len(places) == limit || page.More {
			break // there is more of the same names
		}
	}
	return places, nil
}

// suggestServices is names of services that match, of the most relevant places.
func (f *Finder) suggestServices(ctx context.Context, q Query, limit int) (services []SuggestedService, err error) {
	for _, q.Radius = range wider[:2] {
		page, err := f.Index.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		services = services[:0]
		for _, h := range page.Hits {
			services = appendServices(services, q.Text, h, limit)
		}
		if len(services) > 0 || page.More {
			break
		}
	}
	return services, nil
}

func appendServices(services []SuggestedService, t Text, h Hit, limit int) []SuggestedService {
	var terms []string
	for i := range h.Listing.Services {
		name := h.Listing.Services[i].Name
		if len(services) == limit {
			break
		}
		if slices.ContainsFunc(services, func(s SuggestedService) bool { return s.Name == name }) {
			continue
		}
		terms = appendGrams(terms[:0], text.Fold(name), LabelGram, LabelWord)
		slices.Sort(terms)
		if t.Score(terms) > 0 {
			services = append(services, SuggestedService{name, h})
		}
	}
	return services
}

func isLabel(w *Way) bool { return w.Kind == LabelGram || w.Kind == LabelWord }
func isName(w *Way) bool  { return !isLabel(w) }

// only is t with no ways but those wanted; false when a part has none, so that nothing
// could match.
func (t Text) only(wanted func(*Way) bool) (Text, bool) {
	keep := func(ways []Way) (kept []Way) {
		for i := range ways {
			if wanted(&ways[i]) {
				kept = append(kept, ways[i])
			}
		}
		return kept
	}
	narrow := Text{Wholes: keep(t.Wholes), Parts: slices.Clone(t.Parts)}
	for i := range narrow.Parts {
		if narrow.Parts[i].Ways = keep(narrow.Parts[i].Ways); len(narrow.Parts[i].Ways) == 0 {
			return Text{}, false
		}
	}
	return narrow, true
}
