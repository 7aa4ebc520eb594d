package esindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
)

// Rebuild implements discovery.Index. Only one rebuild runs at a time, whichever
// process began it; others wait. (See site.go for how, and carry.go for what is put
// meanwhile.)
func (x *Index) Rebuild(ctx context.Context, fill func(put func([]discovery.Listing) error) error) error {
	s, err := x.openSite(ctx)
	if err != nil {
		return err
	}
	if err := x.build(ctx, s, fill); err != nil {
		if s.moved {
			return err // searches already see the new index; the next rebuild cleans up
		}
		return errors.Join(err, x.abandon(ctx, s))
	}
	return nil
}

func (x *Index) build(ctx context.Context, s *site, fill func(put func([]discovery.Listing) error) error) error {
	old, err := x.oldIndex(ctx)
	if err != nil {
		return err
	}
	created := 0
	err = fill(func(listings []discovery.Listing) error {
		n, err := x.write(ctx, s.filling(), listings)
		created += n
		return err
	})
	if err != nil {
		return fmt.Errorf("fill a new index: %w", err)
	}
	n, err := x.carry(ctx, old, s.filling())
	if err != nil {
		return err
	}
	if err := x.seal(ctx, s, created+n); err != nil {
		return err
	}
	if err := x.move(ctx, s, old); err != nil {
		return err
	}
	s.moved = true
	x.checked.Store(0)
	return x.retire(ctx, s, old)
}

// seal makes a filled index ready to be searched, and looks whether all is in it.
func (x *Index) seal(ctx context.Context, s *site, want int) error {
	if err := x.refresh(ctx, s.index); err != nil {
		return err
	}
	var answer struct {
		Count int `json:"count"`
	}
	err := x.call(ctx, "count index "+s.index, x.opts.WriteLimit, esapi.CountRequest{Index: []string{s.index}}, &answer)
	if err != nil {
		return err
	}
	if answer.Count != want {
		return fmt.Errorf("count index %s: %d documents, but %d were written: %w", s.index, answer.Count, want, discovery.ErrUnavailable)
	}
	return x.call(ctx, "let index "+s.index+" refresh", x.opts.WriteLimit, esapi.IndicesPutSettingsRequest{
		Index: []string{s.index},
		Body:  bytes.NewReader(jsonOf(object{"refresh_interval": fmt.Sprintf("%dms", refreshEvery.Milliseconds())})),
	}, nil)
}

// retire empties the index that the alias has left, and deletes it.
func (x *Index) retire(ctx context.Context, s *site, old *oldIndex) error {
	if old == nil {
		return nil
	}
	// Writes that went to the old index while the alias moved have ended when the engine
	// says that the block is on; later ones are refused, and go to the new one.
	err := x.call(ctx, "close index "+old.name+" to writes", x.opts.WriteLimit, esapi.IndicesAddBlockRequest{
		Index: []string{old.name}, Block: "write",
	}, nil)
	if err != nil {
		return err
	}
	n, err := x.carry(ctx, old, x.opts.Alias)
	if err != nil {
		return err
	}
	if n > 0 {
		if err := x.refresh(ctx, s.index); err != nil {
			return err
		}
	}
	return x.remove(ctx, old.name)
}

// abandon removes a site. It goes on when ctx has ended, which may be why. The
// engine may have moved the alias although its answer was lost: then the site stays.
func (x *Index) abandon(ctx context.Context, s *site) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	live, err := x.holders(ctx, x.opts.Alias)
	if err != nil || slices.Contains(live, s.index) {
		return err
	}
	return x.remove(ctx, s.index)
}

// remove deletes an index; it may be gone.
func (x *Index) remove(ctx context.Context, index string) error {
	gone := true
	return x.call(ctx, "delete index "+index, x.opts.WriteLimit, esapi.IndicesDeleteRequest{
		Index: []string{index}, IgnoreUnavailable: &gone,
	}, nil)
}

func (x *Index) refresh(ctx context.Context, index string) error {
	return x.call(ctx, "refresh index "+index, x.opts.WriteLimit, esapi.IndicesRefreshRequest{Index: []string{index}}, nil)
}
