package discoverytest

import (
	"context"
	"slices"
	"sync"

	"corner/catalog"
	"corner/discovery"
)

// Plain is a discovery.Index that looks at every listing for every question: the law,
// to hold other indexes against, and enough for tests of a few thousand places. It is
// ready from the start.
type Plain struct {
	Trees *catalog.Trees // the categories of what is put; nil: catalog.BuiltIn

	mu    sync.RWMutex
	world *world
}

var _ discovery.Index = (*Plain)(nil)

// NewPlain is an empty index.
func NewPlain() *Plain { return &Plain{world: newWorld(nil, nil)} }

// Put implements discovery.Index.
func (p *Plain) Put(ctx context.Context, listings []discovery.Listing) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.world.trees = p.Trees
	p.world.put(listings)
	return ctx.Err()
}

// Search implements discovery.Index.
func (p *Plain) Search(ctx context.Context, q discovery.Query) (discovery.Page, error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.world.page(q), ctx.Err()
}

// Clusters implements discovery.Index.
func (p *Plain) Clusters(ctx context.Context, q discovery.MapQuery) ([]discovery.Cluster, error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.world.clusters(q), ctx.Err()
}

// Rebuild implements discovery.Index.
func (p *Plain) Rebuild(ctx context.Context, fill func(put func([]discovery.Listing) error) error) error {
	w := newWorld(nil, p.Trees)
	err := fill(func(listings []discovery.Listing) error {
		w.put(slices.Clone(listings))
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.world = w
	return nil
}

// Ready implements discovery.Index.
func (p *Plain) Ready(ctx context.Context) error { return ctx.Err() }
