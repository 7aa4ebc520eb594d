package esindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
)

// A pin is a point in time of the engine: the state of the index that it keeps for the
// pages that follow a first one. It is opened when there are more, so what becomes visible between
// the first page and that moment shows from the second page on. The engine lets go
// of it when nobody has asked for pinFor, or at the last page. This file is all that knows
// how; OpenSearch has other paths for the same.
const pinFor = 2 * time.Minute

// forgotten reports whether a pinned search failed so that it is worth asking of the
// present: the engine answered, but knows no such state any more, or it is not of our
// index, or what was given is no pin at all.
func forgotten(err error) bool {
	_, refused := errors.AsType[*engineError](err)
	return refused || errors.Is(err, errForeign)
}

// errForeign says that a pin is of the state of something else.
var errForeign = errors.New("the point in time is of another index")

// keep is the pin of the page after this one, which was asked for with the pin asked
// and answered with the pin got. Without a pin, paging goes on all the same, so it is no error
// when there is none to be had.
func (x *Index) keep(ctx context.Context, q *discovery.Query, page *discovery.Page, asked, got string) string {
	switch {
	case page.More && asked != "":
		return got
	case page.More && !q.Single && (q.After == nil || q.Pin != ""):
		return x.openPin(ctx)
	case asked != "":
		x.closePin(ctx, got)
	}
	return ""
}

func (x *Index) openPin(ctx context.Context) string {
	var opened struct {
		ID string `json:"id"`
	}
	if x.call(ctx, "open a point in time", x.opts.SearchLimit, esapi.OpenPointInTimeRequest{
		Index: []string{x.opts.Alias}, KeepAlive: keepAlive,
	}, &opened) != nil {
		return ""
	}
	return opened.ID
}

var keepAlive = fmt.Sprintf("%ds", int(pinFor.Seconds()))

// closePin lets go of a state; if that fails, it lapses.
func (x *Index) closePin(ctx context.Context, pin string) {
	_ = x.call(ctx, "close a point in time", x.opts.SearchLimit, esapi.ClosePointInTimeRequest{
		Body: bytes.NewReader(jsonOf(object{"id": pin})),
	}, nil)
}

// askPinned asks a state. The pin of the answer is the one to go on with.
func (x *Index) askPinned(ctx context.Context, pin string, body object) (*answer, error) {
	body = maps.Clone(body)
	body["pit"] = object{"id": pin, "keep_alive": keepAlive}
	whole, cached := false, false
	found := &answer{}
	err := x.call(ctx, "search a point in time", x.opts.SearchLimit, esapi.SearchRequest{
		Body: bytes.NewReader(jsonOf(body)), AllowPartialSearchResults: &whole, RequestCache: &cached,
		FilterPath: []string{"pit_id", "hits.hits._index", "hits.hits._source", "hits.hits.sort", "aggregations"},
	}, found)
	if err != nil {
		return nil, err
	}
	for i := range found.Hits.Hits {
		if index := found.Hits.Hits[i].Index; !strings.HasPrefix(index, x.opts.Alias+"-") {
			return nil, fmt.Errorf("search a point in time of %s: %w", index, errForeign)
		}
	}
	return found, nil
}
