package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"corner/booking"
	"corner/catalog"
	"corner/discovery"
	"corner/identity"
	"corner/kv"
	"corner/media"
	"corner/reviews"
	"corner/visits"
	"corner/walltime"
)

// API serves Corner over HTTP.
type API struct {
	Accounts *identity.Accounts
	Catalog  *catalog.Catalog
	Album    *media.Album
	Desk     *booking.Desk
	Visits   *visits.Log
	Board    *reviews.Board
	Finder   *discovery.Finder

	KV  kv.Store // for the limits
	Log *slog.Logger
	Now func() time.Time

	// Ready says of each part whether it is there. Only names are shown. A nil Ready
	// is always ready.
	Ready func(ctx context.Context) map[string]Part

	Metrics *prometheus.Registry // what /metrics shows; nil: nothing is counted

	Version        string   // of the program, shown at /livez
	RateLimit      int      // requests a second of one client; 0: no limit
	TrustedProxies []string // addresses and CIDRs whose X-Forwarded-For is believed
}

// Part is a part of the program that may be away.
type Part struct {
	Away   error // nil: it is there
	Needed bool  // nothing goes on without it; without the others, something does
}

// Bounds of a request.
const (
	MaxBody  = 1 << 20          // bytes
	Deadline = 10 * time.Second // for the answer
)

// Handler serves every operation, /docs and /openapi.json. It panics on
// TrustedProxies that are no addresses.
func (a *API) Handler() http.Handler {
	engine, _ := a.build()
	return engine
}

// OpenAPI is the document that describes the operations. It needs none of the
// parts, so (&API{}).OpenAPI() will do.
func (a *API) OpenAPI() []byte {
	_, s := a.build()
	return s.document()
}

// surface is where operations are registered.
type surface struct {
	api    *API
	huma   huma.API
	faults catalogue // every code that an operation can answer, for the reference page

	uploads *uploads
	within  map[string]time.Duration // by method and route of gin, where it is not Deadline
}

func (a *API) build() (*gin.Engine, *surface) {
	setLibraries()
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	if err := engine.SetTrustedProxies(a.TrustedProxies); err != nil {
		panic("api: trusted proxies: " + err.Error())
	}
	s := &surface{api: a, faults: catalogue{}, uploads: newUploads(), within: map[string]time.Duration{}}
	engine.Use(s.begin(newMeters(a.Metrics)), a.catch, a.enter)
	engine.NoRoute(func(g *gin.Context) { a.refuse(g, ErrNoOperation) })
	engine.NoMethod(func(g *gin.Context) { a.refuse(g, errMethod) })

	s.huma = humagin.New(engine, humaConfig())
	s.signIn()
	s.merchants()
	s.staff()
	s.invitations()
	s.devices()
	s.places()
	s.release()
	s.exceptions()
	s.history()
	s.services()
	s.photos()
	s.categories()
	s.attributes()
	s.search()
	s.suggestions()
	s.mapped()
	s.similar()
	s.placePage()
	s.slots()
	s.holds()
	s.bookings()
	s.visits()
	s.reviews()
	s.health()
	s.metrics(engine)
	s.reference(engine)
	s.finish()
	return engine, s
}

// setLibraries sets what gin and huma let nobody set but for the whole program.
var setLibraries = sync.OnceFunc(func() {
	gin.SetMode(gin.ReleaseMode)
	huma.DefaultArrayNullable = false
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, _ ...error) huma.StatusError {
		return callOf(ctx.Context()).problemOfStatus(status)
	}
})

// zone is the time zone of that name; UTC for a name that is none, which no place has.
func (a *API) zone(name string) *time.Location {
	loc, err := walltime.Zone(name)
	if err != nil {
		return time.UTC
	}
	return loc
}
