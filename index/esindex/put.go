package esindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/catalog"
	"corner/discovery"
)

// Put implements discovery.Index.
func (x *Index) Put(ctx context.Context, listings []discovery.Listing) error {
	if err := x.usable(ctx); err != nil {
		return err
	}
	_, err := x.write(ctx, x.opts.Alias, listings)
	return err
}

// batchBytes is about how much is sent in one _bulk call: enough to keep the engine
// busy, little enough for its memory.
const batchBytes = 5 << 20

// write writes listings to what alias stands for, and tells how many documents are new.
func (x *Index) write(ctx context.Context, alias string, listings []discovery.Listing) (created int, err error) {
	refused, tree := discovery.RefusedError{}, x.opts.Trees.Tree()
	for len(listings) > 0 {
		var body []byte
		n := 0
		for n < len(listings) && len(body) < batchBytes {
			if body, err = appendIndexing(body, &listings[n], tree); err != nil {
				return created, fmt.Errorf("write listing %s: %w", listings[n].Place, err)
			}
			x.zones.location(listings[n].Zone)
			n++
		}
		made, err := x.bulk(ctx, alias, body, refused)
		created += made
		if err != nil {
			return created, fmt.Errorf("write %d listings: %w", n, err)
		}
		listings = listings[n:]
	}
	if len(refused) > 0 {
		return created, refused
	}
	return created, nil
}

// moved is how often a write is tried again, and after how long, when the index it was
// going to has just been replaced by a rebuild.
const (
	movedTries = 5
	movedWait  = 20 * time.Millisecond
)

func (x *Index) bulk(ctx context.Context, alias string, body []byte, refused discovery.RefusedError) (created int, err error) {
	for try := 1; ; try++ {
		now := discovery.RefusedError{} // of this try: one that is repeated is refused the same again
		made, err := x.bulkOnce(ctx, alias, body, now)
		created += made
		if !errors.Is(err, errMoved) && !errors.Is(err, discovery.ErrIndexMissing) || try == movedTries {
			maps.Copy(refused, now)
			return created, err
		}
		select {
		case <-ctx.Done():
			return created, unreachable(ctx, "wait for the alias to move", ctx.Err())
		case <-time.After(movedWait):
		}
	}
}

// errMoved says that an index is closed to writes, because the alias is leaving it.
var errMoved = fmt.Errorf("the index is being replaced: %w", discovery.ErrUnavailable)

func (x *Index) bulkOnce(ctx context.Context, alias string, body []byte, refused discovery.RefusedError) (created int, err error) {
	// Without require_alias the engine would make an index called like the alias, with
	// a mapping of its own guessing.
	demand := true
	var answer struct {
		Items []struct {
			Index item `json:"index"`
		} `json:"items"`
	}
	err = x.call(ctx, "write to index "+alias, x.opts.WriteLimit, esapi.BulkRequest{
		Index: alias, Body: bytes.NewReader(body), RequireAlias: &demand,
		FilterPath: []string{"items.index._id", "items.index.status", "items.index.error.type", "items.index.error.reason"},
	}, &answer)
	if err != nil {
		return 0, err
	}
	for i := range answer.Items {
		item := &answer.Items[i].Index
		switch e := (&engineError{item.Status, item.Error}); {
		case item.Status == http.StatusCreated:
			created++
		case item.Status < http.StatusMultipleChoices:
		case item.Status == http.StatusConflict:
			// The reading is older than what is there, or the very same.
		case item.Status == http.StatusForbidden && item.Error.Type == "cluster_block_exception":
			err = errMoved
		case errors.Is(e, discovery.ErrIndexMissing):
			x.checked.Store(0)
			err = e
		case errors.Is(e, discovery.ErrUnavailable):
			err = e
		default:
			refused[catalog.PlaceID(item.ID)] = e
		}
	}
	return created, err
}

type item struct {
	ID     string `json:"_id"`
	Status int    `json:"status"`
	Error  reason `json:"error"`
}
