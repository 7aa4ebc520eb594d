package esindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/elastic/elastic-transport-go/v8/elastictransport"
	"github.com/elastic/go-elasticsearch/v8/esapi"

	"corner/catalog"
	"corner/discovery"
)

// Options configures an Index. The zero Options use the defaults.
type Options struct {
	// Alias is the name of the index, and what the names of everything else in
	// the engine begin with. Default "corner-places".
	Alias string
	// Patience is how long another process's rebuild may stand still before it
	// counts as dead. Default 15 s.
	Patience time.Duration
	// SearchLimit and WriteLimit bound each single call to the engine. Defaults 2 s
	// and 30 s.
	SearchLimit, WriteLimit time.Duration
	// Trees has the categories of what is put. Nil: those of catalog.BuiltIn.
	Trees *catalog.Trees
}

// Index is a discovery.Index on an Elasticsearch server. Make it with Open.
type Index struct {
	opts   Options
	engine esapi.Transport
	http   *http.Transport
	zones  zones
	zoned  atomic.Pointer[string] // the index whose zones are known
	// checked is when the alias was last seen to carry our schema, in Unix
	// nanoseconds; 0 when it has to be looked at again.
	checked atomic.Int64
}

var _ discovery.Index = (*Index)(nil)

// errAddress does not hold the address: it may have a password in it.
var errAddress = errors.New("esindex: the address is not an http(s) URL")

// Open makes an Index on the server at address, "http://host:9200" or
// "https://user:password@host:9200". It does not call the server, which may be away.
func Open(address string, opts Options) (*Index, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errAddress
	}
	opts.Alias = cmp.Or(opts.Alias, "corner-places")
	opts.Patience = cmp.Or(opts.Patience, 15*time.Second)
	opts.SearchLimit = cmp.Or(opts.SearchLimit, 2*time.Second)
	opts.WriteLimit = cmp.Or(opts.WriteLimit, 30*time.Second)

	pool := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 64, // not 2: every search of a busy server would dial
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 5 * time.Second,
	}
	// Without retries: a reader is better told at once than late, and the writer,
	// the relay, has its own.
	engine, err := elastictransport.NewClient(
		elastictransport.WithURLs(u), elastictransport.WithTransport(pool), elastictransport.WithDisableRetry(),
	)
	if err != nil {
		return nil, fmt.Errorf("make an elasticsearch client: %w", err)
	}
	return &Index{opts: opts, engine: engine, http: pool}, nil
}

// Close lets go of the connections.
func (x *Index) Close() error {
	x.http.CloseIdleConnections()
	return nil
}

// Ready implements discovery.Index.
func (x *Index) Ready(ctx context.Context) error {
	if err := x.check(ctx); err != nil {
		return err
	}
	// The schema is known even where the data is lost: only a search tells.
	_, err := x.askIndex(ctx, x.opts.Alias, object{"size": 0, "track_total_hits": false})
	return err
}

// checkEvery is how long the schema behind the alias is trusted. A rebuild by
// a newer version of this program is noticed after that.
const checkEvery = 10 * time.Second

// usable is check, unless that was done a moment ago.
func (x *Index) usable(ctx context.Context) error {
	if at := x.checked.Load(); at != 0 && time.Since(time.Unix(0, at)) < checkEvery {
		return nil
	}
	return x.check(ctx)
}

// check is nil when the alias is there and carries our schema.
func (x *Index) check(ctx context.Context) error {
	x.checked.Store(0)
	index, found, err := x.schemaOf(ctx, x.opts.Alias)
	if err != nil {
		return err
	}
	if found != schema {
		return fmt.Errorf("look at index %s: schema %d, want %d: %w", x.opts.Alias, found, schema, discovery.ErrIndexMissing)
	}
	if err := x.learn(ctx, index); err != nil {
		return err
	}
	x.checked.Store(time.Now().UnixNano())
	return nil
}

// schemaOf is what name, an index or an alias, stands for, and its schema number.
func (x *Index) schemaOf(ctx context.Context, name string) (index string, number int, err error) {
	var mappings map[string]struct {
		Mappings struct {
			Meta struct {
				Schema int `json:"schema"`
			} `json:"_meta"`
		} `json:"mappings"`
	}
	err = x.call(ctx, "look at index "+name, x.opts.SearchLimit, esapi.IndicesGetMappingRequest{
		Index: []string{name}, FilterPath: []string{"*.mappings._meta"},
	}, &mappings)
	for index, m := range mappings {
		return index, m.Mappings.Meta.Schema, err
	}
	return "", 0, err
}
