package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"corner/api/rest"

	"github.com/prometheus/client_golang/prometheus"

	"corner/booking"
	"corner/catalog"
	"corner/discovery"
	"corner/idempotency"
	"corner/identity"
	"corner/kv"
	"corner/media"
	"corner/moderation"
	"corner/notify"
	"corner/privacy"
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

	Moderator *moderation.Moderator
	Keeper    *privacy.Keeper
	Inbox     *notify.Inbox

	// Repeated reports whether a change under the key has been made; nil: nobody asks.
	Repeated func(ctx context.Context, key idempotency.Key) (bool, error)

	KV  kv.Store // for the limits
	Log *slog.Logger
	Now func() time.Time

	// Ready says of each part whether it is there. Only names are shown. A nil Ready
	// is always ready.
	Ready func(ctx context.Context) map[string]Part

	Metrics      *prometheus.Registry // what /metrics shows; nil: nothing is counted
	MetricsAside bool                 // it is shown elsewhere, by MetricsAlone

	Version        string   // of the program, shown at /livez
	RateLimit      int      // requests a second of one client; 0: no limit
	UploadMemory   int64    // bytes for pictures that are on their way; 0: rest.UploadMemory
	TrustedProxies []string // addresses and CIDRs whose X-Forwarded-For is believed
}

// Part is a part of the program that may be away.
type Part struct {
	Away   error // nil: it is there
	Needed bool  // nothing goes on without it; without the others, something does
}

// Handler serves every operation, /docs and /openapi.json. It panics on
// TrustedProxies that are no addresses.
func (a *API) Handler() http.Handler { return a.server().Handler() }

// MetricsAlone serves /metrics and nothing else, for a listener of its own.
func MetricsAlone(r *prometheus.Registry, log *slog.Logger) http.Handler {
	return rest.MetricsAlone(r, log)
}

// OpenAPI is the document that describes the operations. It needs none of the
// parts, so (&API{}).OpenAPI() will do.
func (a *API) OpenAPI() []byte { return a.server().Document() }

func (a *API) server() *rest.Server {
	s := rest.NewServer(rest.Options{
		Document: document(), MetricsTag: tagServer, Actor: a.actor, Repeated: a.Repeated, Data: problemData,
		KV: a.KV, Log: a.Log, Now: a.Now, Metrics: a.Metrics, MetricsAside: a.MetricsAside, RateLimit: a.RateLimit, UploadMemory: a.UploadMemory,
		TrustedProxies: a.TrustedProxies,
	})
	for _, register := range []func(*rest.Server){
		a.routeSignIn,
		a.routeMerchants,
		a.routeStaff,
		a.routeInvitations,
		a.routeDevices,
		a.routeMe,
		a.routeLooks,
		a.routePrivacy,
		a.routeNotices,
		a.routeFactor,
		a.routePhoneChange,
		a.routePlaces,
		a.routeClaims,
		a.routeRelease,
		a.routeExceptions,
		a.routeClosure,
		a.routeHistory,
		a.routeServices,
		a.routeSoldOut,
		a.routePhotos,
		a.routeCategories,
		a.routeAttributes,
		a.routeSearch,
		a.routeSuggestions,
		a.routeMapped,
		a.routeSimilar,
		a.routePlacePage,
		a.routeSlots,
		a.routeHolds,
		a.routeBookings,
		a.routeVisits,
		a.routeReviews,
		a.routeReports,
		a.routeQueue,
		a.routeHealth,
	} {
		register(s)
	}
	s.Finish()
	return s
}

// zone is the time zone of that name; UTC for a name that is none, which no place has.
func (a *API) zone(name string) *time.Location {
	loc, err := walltime.Zone(name)
	if err != nil {
		return time.UTC
	}
	return loc
}
