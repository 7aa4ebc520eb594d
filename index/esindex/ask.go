package esindex

import (
	"bytes"
	"context"
	"errors"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
)

// answer is the engine's to a search.
type answer struct {
	Pin  string `json:"pit_id"`
	Hits struct {
		Hits []candidate `json:"hits"`
	} `json:"hits"`
	Counted counted `json:"aggregations"`
}

// candidate is a document that was found.
type candidate struct {
	Index  string `json:"_index"`
	Source source `json:"_source"`
	Sort   []any  `json:"sort"`
}

type source struct {
	Listing wireListing `json:"listing"`
}

func (c *candidate) listing() *discovery.Listing { return c.Source.Listing.listing() }

// ask asks what the alias stands for, or the state that pin is of. Of what the alias stands
// for once more, if that was deleted under our hands because the alias has moved on.
func (x *Index) ask(ctx context.Context, pin string, body object) (*answer, error) {
	if pin != "" {
		return x.askPinned(ctx, pin, body)
	}
	found, err := x.askIndex(ctx, x.opts.Alias, body)
	if errors.Is(err, discovery.ErrIndexMissing) && x.check(ctx) == nil {
		return x.askIndex(ctx, x.opts.Alias, body)
	}
	return found, err
}

// askIndex asks index, an index or an alias.
func (x *Index) askIndex(ctx context.Context, index string, body object) (*answer, error) {
	found := &answer{}
	return found, x.askInto(ctx, index, body, found)
}

// askInto is askIndex for an answer of another form. A part of the answer is none.
func (x *Index) askInto(ctx context.Context, index string, body object, into any) error {
	whole, cached := false, false
	return x.call(ctx, "search index "+index, x.opts.SearchLimit, esapi.SearchRequest{
		Index: []string{index}, Body: bytes.NewReader(jsonOf(body)),
		AllowPartialSearchResults: &whole, RequestCache: &cached,
		FilterPath: []string{"hits.hits._source", "hits.hits.sort", "aggregations"},
	}, into)
}
