package esindex

import (
	"context"
	"fmt"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
)

// What is put while a rebuild runs, by this process or another, goes to the index that
// is about to be replaced; fill may have read those places before they changed. So it
// is carried over: every document whose sequence number, which the engine gives
// out in the order of writing, is above what it was before fill began. What was
// written up to then had been read from the database before, so fill finds it there.

// oldIndex is the index that a rebuild replaces.
type oldIndex struct {
	name string
	// carried is the sequence number up to which everything is in the new index, or
	// never needs to be.
	carried int64
	// foreign: of another schema, so nothing in it is worth anything to us.
	foreign bool
}

// oldIndex is the index that the alias stands for, or nil.
func (x *Index) oldIndex(ctx context.Context) (*oldIndex, error) {
	names, err := x.holders(ctx, x.opts.Alias)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	old := &oldIndex{name: names[0]}
	_, found, err := x.schemaOf(ctx, old.name)
	if err != nil {
		return nil, err
	}
	old.foreign = found != schema
	old.carried, err = x.lastChange(ctx, old.name)
	return old, err
}

// carryBatch is how many documents are carried at once.
const carryBatch = 500

// carry writes what is new in the old index to what alias stands for, and tells how
// many documents it has made there.
func (x *Index) carry(ctx context.Context, old *oldIndex, alias string) (created int, err error) {
	if old == nil || old.foreign {
		return 0, nil
	}
	if err := x.refresh(ctx, old.name); err != nil {
		return 0, err
	}
	for {
		answer, err := x.askIndex(ctx, old.name, object{
			"size": carryBatch, "track_total_hits": false,
			"query": object{"range": object{"_seq_no": object{"gt": old.carried}}},
			"sort":  []object{{"_seq_no": "asc"}},
		})
		if err != nil {
			return created, fmt.Errorf("carry over what changed: %w", err)
		}
		found := answer.Hits.Hits
		if len(found) == 0 {
			return created, nil
		}
		listings := make([]discovery.Listing, len(found))
		for i := range found {
			listings[i] = *found[i].listing()
		}
		n, err := x.write(ctx, alias, listings)
		if created += n; err != nil {
			return created, fmt.Errorf("carry over what changed: %w", err)
		}
		last, err := number(found[len(found)-1].Sort, 0)
		if err != nil {
			return created, fmt.Errorf("carry over what changed: %w", err)
		}
		old.carried = int64(last)
	}
}

// lastChange is the highest sequence number given out in an index; -1 for none.
func (x *Index) lastChange(ctx context.Context, index string) (int64, error) {
	var answer struct {
		Indices map[string]struct {
			Shards map[string][]struct {
				Seq struct {
					Max int64 `json:"max_seq_no"`
				} `json:"seq_no"`
			} `json:"shards"`
		} `json:"indices"`
	}
	err := x.call(ctx, "see how far index "+index+" is", x.opts.WriteLimit, esapi.IndicesStatsRequest{
		Index: []string{index}, Level: "shards", FilterPath: []string{"indices.*.shards.*.seq_no.max_seq_no"},
	}, &answer)
	if err != nil {
		return 0, err
	}
	last := int64(-1)
	for _, i := range answer.Indices {
		for _, copies := range i.Shards {
			for _, c := range copies {
				last = max(last, c.Seq.Max)
			}
		}
	}
	return last, nil
}
