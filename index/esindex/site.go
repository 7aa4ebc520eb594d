package esindex

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/discovery"
)

// site is where an index is being built. It is guarded by aliases, because the engine
// changes any number of them in one step, on one node, and refuses two write
// indices behind one alias:
//
//   - "<alias>-next" is the lock of all rebuilds: who makes an index with it builds. When the
//     main alias moves, it goes over to the old index, which is deleted last of
//     all. So whatever carries it is not being searched, and if its builder is
//     dead, can go.
//   - "<index>-filling" is what the builder writes to. It vanishes with the index, so a
//     builder that was thought dead, and is not, writes into nothing.
type site struct {
	index string
	moved bool // the main alias has come here
}

func (s *site) filling() string { return s.index + "-filling" }

func (x *Index) next() string { return x.opts.Alias + "-next" }

// openSite makes an empty index to fill, after every other rebuild has ended.
func (x *Index) openSite(ctx context.Context) (*site, error) {
	for {
		s, err := x.claim(ctx)
		if err == nil {
			return s, x.sweep(ctx, s)
		}
		// Who stands in the way? Errors are told apart by what is there, not by text.
		builders, failed := x.holders(ctx, x.next())
		if failed != nil {
			return nil, failed
		}
		if len(builders) == 0 {
			if again, e := x.claim(ctx); e == nil {
				return again, x.sweep(ctx, again)
			}
			if builders, failed = x.holders(ctx, x.next()); failed != nil || len(builders) == 0 {
				return nil, err // it is not the lock that is refused
			}
		}
		if err := x.outwait(ctx, builders[0]); err != nil {
			return nil, err
		}
	}
}

// claim makes a new index that carries the lock.
func (x *Index) claim(ctx context.Context) (*site, error) {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails
	s := &site{index: fmt.Sprintf("%s-%s-%s", x.opts.Alias, time.Now().UTC().Format("20060102150405"), hex.EncodeToString(random[:]))}
	err := x.call(ctx, "make index "+s.index, x.opts.WriteLimit, esapi.IndicesCreateRequest{
		Index: s.index,
		Body: bytes.NewReader(jsonOf(object{
			"settings": settings(),
			"mappings": mappings(),
			"aliases":  object{x.next(): object{"is_write_index": true}, s.filling(): object{}},
		})),
	}, nil)
	return s, err
}

// look is how often another's rebuild is looked at.
const look = 100 * time.Millisecond

// outwait waits until index no longer carries the lock, or takes it from it when nothing
// has been written for as long as our patience lasts.
func (x *Index) outwait(ctx context.Context, index string) error {
	seen, since := int64(-1), time.Now()
	for time.Since(since) < x.opts.Patience {
		now, err := x.lastChange(ctx, index)
		if err != nil {
			return gone(err)
		}
		if now != seen {
			seen, since = now, time.Now()
		}
		select {
		case <-ctx.Done():
			return unreachable(ctx, "wait for another rebuild", ctx.Err())
		case <-time.After(look):
		}
		builders, err := x.holders(ctx, x.next())
		if err != nil || !slices.Contains(builders, index) {
			return err
		}
	}
	// Should the lock have changed hands just now, this is refused, and the index safe.
	if err := x.aliases(ctx, "take over a dead rebuild", remove(index, x.next())); err != nil {
		return gone(err)
	}
	return x.remove(ctx, index)
}

// gone is err, or nil if err says that what it is about has gone meanwhile.
func gone(err error) error {
	if errors.Is(err, discovery.ErrIndexMissing) {
		return nil
	}
	return err
}

// sweep deletes what dead rebuilds have left: indices named like ours that no alias of ours
// stands for. Holding the lock, nobody else is making or leaving one.
func (x *Index) sweep(ctx context.Context, s *site) error {
	ours := regexp.MustCompile(`^` + regexp.QuoteMeta(x.opts.Alias) + `-\d{14}-[0-9a-f]{8}$`)
	var found map[string]struct {
		Aliases map[string]any `json:"aliases"`
	}
	err := x.call(ctx, "look for left indices", x.opts.WriteLimit, esapi.IndicesGetAliasRequest{
		Index: []string{x.opts.Alias + "-*"},
	}, &found)
	for name, index := range found {
		_, main := index.Aliases[x.opts.Alias]
		if err != nil || main || name == s.index || !ours.MatchString(name) {
			continue
		}
		err = x.remove(ctx, name)
	}
	if err != nil {
		return errors.Join(err, x.abandon(ctx, s))
	}
	return nil
}

// move makes the main alias stand for the site, in one step, and only if nothing has
// changed hands since: each alias must be where it was.
func (x *Index) move(ctx context.Context, s *site, old *oldIndex) error {
	actions := []object{
		remove(s.index, x.next()),
		remove(s.index, s.filling()),
	}
	if old != nil {
		actions = append(actions, remove(old.name, x.opts.Alias), add(old.name, x.next()))
	}
	return x.aliases(ctx, "move the alias to index "+s.index, append(actions, add(s.index, x.opts.Alias))...)
}

func (x *Index) aliases(ctx context.Context, what string, actions ...object) error {
	return x.call(ctx, what, x.opts.WriteLimit, esapi.IndicesUpdateAliasesRequest{
		Body: bytes.NewReader(jsonOf(object{"actions": actions})),
	}, nil)
}

func remove(index, alias string) object {
	return object{"remove": object{"index": index, "alias": alias, "must_exist": true}}
}

func add(index, alias string) object {
	return object{"add": object{"index": index, "alias": alias, "is_write_index": true}}
}

// holders are the indices that an alias stands for: one or none, as it is always a
// write alias.
func (x *Index) holders(ctx context.Context, alias string) ([]string, error) {
	var found map[string]any
	err := x.call(ctx, "look at alias "+alias, x.opts.WriteLimit, esapi.IndicesGetAliasRequest{Name: []string{alias}}, &found)
	if e, ok := errors.AsType[*engineError](err); ok && e.Status == http.StatusNotFound {
		return nil, nil
	}
	return slices.Sorted(maps.Keys(found)), err
}
