package discovery

import (
	"context"
	"fmt"
	"time"

	"corner/catalog"
	"corner/fault"
)

// Index answers queries over listings.
type Index interface {
	// Put stores listings, each unless a reading of the same or a later Version is
	// there. It may keep what lies behind them (slices of hours and services), which
	// must not change any more. A search that starts after Put returned finds them, at once in process
	// and within a second on a server. A listing that the engine refuses for what it is
	// does not keep back the others: the error is then RefusedError, and names it.
	Put(ctx context.Context, listings []Listing) error

	// Search answers q, which is within the bounds of Query. Listings that are not Live
	// are never found. The order is that of the hits' Marks; hits not after q.After are
	// left out, but counted in the Facets. An engine that looks by cells asks q.Area() for
	// them, which costs 20 µs; one that does not spares it.
	Search(ctx context.Context, q Query) (Page, error)

	// Clusters counts by cell what a map shows. The largest clusters come first, then by
	// cell. Its cells are geo.CoverBox(q.Box), for an engine that wants them.
	Clusters(ctx context.Context, q MapQuery) ([]Cluster, error)

	// Rebuild replaces everything by what fill puts, at once: until fill has
	// returned nil, searches see what was there before; when it returns an error,
	// they go on doing so. What was known of earlier versions is forgotten.
	Rebuild(ctx context.Context, fill func(put func([]Listing) error) error) error

	// Ready is nil when searches can be answered, ErrIndexMissing when there is no
	// index to ask (it was never built, or was wiped: Rebuild brings it back), and
	// ErrUnavailable when the engine does not answer.
	Ready(ctx context.Context) error
}

// RefusedError is an error of Put about some listings, by place; the others were put.
type RefusedError map[catalog.PlaceID]error

// Error implements error.
func (r RefusedError) Error() string {
	for place, err := range r {
		return fmt.Sprintf("%d listings were refused, one of them %s: %v", len(r), place, err)
	}
	return "no listing was refused"
}

// What an Index can refuse. Every method returns ErrUnavailable when the engine
// cannot be reached in time, and the context's error when the caller gave up; Put and Search return ErrIndexMissing as Ready does.
var (
	ErrUnavailable = fault.New(fault.Unavailable, "search.unavailable",
		"search is away for a moment; everything else works", "搜索暂时不可用，其他功能正常").After(2 * time.Second)
	ErrIndexMissing = fault.New(fault.Unavailable, "search.rebuilding",
		"the search index is being rebuilt", "搜索索引正在重建").After(5 * time.Second)
)
