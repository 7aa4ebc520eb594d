package esindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
	"corner/geo"
)

// Search implements discovery.Index.
func (x *Index) Search(ctx context.Context, q discovery.Query, area geo.Area) (discovery.Page, error) {
	if err := x.usable(ctx); err != nil {
		return discovery.Page{}, err
	}
	p := newPicker(&q, &x.zones)
	after := first(&q, p.stretch)
	// Some more than the page, because the engine's order is not quite ours.
	for size := q.Limit + q.Limit/4 + 8; ; size = min(2*size, maxSize) {
		found, err := x.askAlias(ctx, x.searchFor(&q, area, p.stretch, after, size))
		if err != nil {
			return discovery.Page{}, fmt.Errorf("search: %w", err)
		}
		for i := range found {
			p.offer(&found[i])
		}
		if len(found) < size {
			return p.page(), nil
		}
		after = found[size-1].Sort
		horizon, err := p.horizon(after)
		if err != nil {
			return discovery.Page{}, fmt.Errorf("search: %w", err)
		}
		if p.settled(horizon) {
			return p.page(), nil
		}
	}
}

// maxSize bounds the candidates of one call; the engine's own limit is 10,000.
const maxSize = 2_000

// searchFor is the body of a search for the next candidates.
func (x *Index) searchFor(q *discovery.Query, area geo.Area, t stretch, after []any, size int) []byte {
	body := object{
		"size":             size,
		"track_total_hits": false,
		"query":            object{"bool": object{"filter": x.filters(q, area, t)}},
		"sort":             order(q),
	}
	if after != nil {
		body["search_after"] = after
	}
	return jsonOf(body)
}

func (x *Index) filters(q *discovery.Query, area geo.Area, t stretch) []object {
	center := spot{q.Center.Lat, q.Center.Lng}
	filters := []object{
		term("live", true),
		{"geo_distance": object{"at": center, "distance": t.seenTo(q.Radius)}},
	}
	if area.Cells != nil {
		cells := make([]string, len(area.Cells))
		for i, c := range area.Cells {
			cells[i] = c.String()
		}
		filters = append(filters, terms("cells", cells))
	}
	if q.Category != "" {
		filters = append(filters, term("categories", q.Category))
	}
	for _, g := range q.Text.Grams {
		filters = append(filters, term("grams", g))
	}
	for _, p := range q.Text.Prefixes {
		filters = append(filters, object{"prefix": object{"words": p}})
	}
	if !q.OpenAt.IsZero() {
		filters = append(filters, x.zones.openAt(q.OpenAt))
	}
	return filters
}

// order is discovery.Sort as the engine can do it: with its own distance.
func order(q *discovery.Query) []object {
	keys := []object{
		{"_geo_distance": object{"at": spot{q.Center.Lat, q.Center.Lng}, "order": "asc", "unit": "m"}},
		{"place": "asc"},
	}
	if q.Sort == discovery.ByRating {
		keys = append([]object{{"score": "desc"}}, keys...)
	}
	return keys
}

// first is what the candidates for a page come after, in the engine's order: whatever
// is not before q.After in ours is behind it. Nil: from the start.
func first(q *discovery.Query, t stretch) []any {
	if q.After == nil {
		return nil
	}
	after := []any{t.seenFrom(q.After.Distance), ""}
	if q.Sort == discovery.ByRating {
		after = append([]any{q.After.Score}, after...)
	}
	return after
}

// candidate is a document that was found.
type candidate struct {
	Source struct {
		Listing wireListing `json:"listing"`
	} `json:"_source"`
	Sort []any `json:"sort"`
}

// askAlias asks what the alias stands for; once more, if that was deleted under our hands
// because the alias has moved on.
func (x *Index) askAlias(ctx context.Context, body []byte) ([]candidate, error) {
	found, err := x.ask(ctx, x.opts.Alias, body)
	if errors.Is(err, discovery.ErrIndexMissing) && x.check(ctx) == nil {
		return x.ask(ctx, x.opts.Alias, body)
	}
	return found, err
}

// ask asks index, an index or an alias, for documents. A part of the answer is none.
func (x *Index) ask(ctx context.Context, index string, body []byte) ([]candidate, error) {
	var answer struct {
		Hits struct {
			Hits []candidate `json:"hits"`
		} `json:"hits"`
	}
	whole, cached := false, false
	err := x.call(ctx, "search index "+index, x.opts.SearchLimit, esapi.SearchRequest{
		Index: []string{index}, Body: bytes.NewReader(body),
		AllowPartialSearchResults: &whole, RequestCache: &cached,
		FilterPath: []string{"hits.hits._source", "hits.hits.sort"},
	}, &answer)
	return answer.Hits.Hits, err
}
