package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"corner/idempotency"
	"corner/identity"
	"corner/kv"
)

// Bounds of a request.
const (
	MaxBody  = 1 << 20          // bytes
	Deadline = 10 * time.Second // for the answer
)

// Options are what a Server needs of the program.
type Options struct {
	Document   *huma.OpenAPI // title, tags and the like; the operations come from Route
	MetricsTag string        // which of the tags /metrics has

	// Actor says who acts, by the header Authorization.
	Actor func(ctx context.Context, header string) (identity.Actor, error)
	// Repeated reports whether a call under the key changed something already; the error is
	// idempotency.ErrReused if that was another call. Nil: keys of changes are not looked at.
	Repeated func(ctx context.Context, key idempotency.Key) (bool, error)
	// Data is the members that a refusal's fault.Error.Data has in a problem; nil for none.
	Data func(data any) map[string]any

	KV  kv.Store // for the limits
	Log *slog.Logger
	Now func() time.Time

	Metrics        *prometheus.Registry // what /metrics shows; nil: nothing is counted
	MetricsAside   bool                 // it is shown elsewhere, by MetricsAlone
	RateLimit      int                  // requests a second of one client; 0: no limit
	UploadMemory   int64                // bytes for pictures that are on their way; 0: UploadMemory
	TrustedProxies []string             // addresses and CIDRs whose X-Forwarded-For is believed
}

// Server is where operations are registered, and what answers them. Make it with NewServer,
// register with Route and RouteBody, then call Finish.
type Server struct {
	Options

	engine *gin.Engine
	huma   huma.API
	Faults catalogue // every code that an operation can answer, for the reference page

	uploads *uploads
	within  map[string]time.Duration // by method and route of gin, where it is not Deadline
}

// NewServer is a server without operations. It panics on TrustedProxies that are no
// addresses.
func NewServer(o Options) *Server {
	setLibraries()
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	if err := engine.SetTrustedProxies(o.TrustedProxies); err != nil {
		panic("rest: trusted proxies: " + err.Error())
	}
	engine.RemoteIPHeaders = []string{"X-Forwarded-For"} // what the settings name, and no other
	s := &Server{Options: o, engine: engine, Faults: catalogue{}, uploads: newUploads(o.UploadMemory), within: map[string]time.Duration{}}
	engine.Use(s.begin(newMeters(o.Metrics)), s.catch, s.enter)
	engine.NoRoute(func(g *gin.Context) { s.refuse(g, ErrNoOperation) })
	engine.NoMethod(func(g *gin.Context) { s.refuse(g, errMethod) })
	s.huma = humagin.New(engine, configOf(o.Document))
	return s
}

func configOf(document *huma.OpenAPI) huma.Config {
	document.OpenAPI = "3.1.0"
	document.Components = &huma.Components{
		Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
		SecuritySchemes: map[string]*huma.SecurityScheme{bearer: {
			Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: "The access_token of POST /v1/auth/tokens.",
		}},
	}
	return huma.Config{OpenAPI: document, Formats: formats(), DefaultFormat: "application/json"}
}

// NewCall is a call of which nothing is known yet.
func (s *Server) NewCall() *Call { return &Call{server: s} }

// Finish adds what follows from the operations: /metrics, /docs, /openapi.json, and the
// examples of answers.
func (s *Server) Finish() {
	s.metrics()
	s.reference()
	s.finish()
}

// Handler serves every operation, and HEAD wherever GET is.
func (s *Server) Handler() http.Handler {
	own := map[string]bool{} // routes that answer HEAD by themselves
	for _, r := range s.engine.Routes() {
		if r.Method == http.MethodHead {
			own[r.Path] = true
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && !s.answersHead(own, r.URL.Path) {
			// The server sends no body, whatever is written, since it knows what was asked.
			get := r.WithContext(r.Context())
			get.Method = http.MethodGet
			r = get
		}
		s.engine.ServeHTTP(w, r)
	})
}

// Routes is every route as gin writes it, "GET /v1/places/:id".
func (s *Server) Routes() []string {
	var list []string
	for _, r := range s.engine.Routes() {
		list = append(list, r.Method+" "+r.Path)
	}
	return list
}

// answersHead reports whether a route of its own answers HEAD at the path.
func (s *Server) answersHead(own map[string]bool, path string) bool {
	for route := range own {
		if matchesRoute(route, path) {
			return true
		}
	}
	return false
}

// matchesRoute reports whether a path is one of gin's route, "/v1/photos/:id/:size".
func matchesRoute(route, path string) bool {
	for route != "" && path != "" {
		r, restOfRoute, _ := strings.Cut(strings.TrimPrefix(route, "/"), "/")
		p, restOfPath, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if r != p && (!strings.HasPrefix(r, ":") || p == "") {
			return false
		}
		route, path = restOfRoute, restOfPath
	}
	return route == path
}

// Within is how long a call of a method of a route of gin may take.
func (s *Server) Within(method, route string) time.Duration {
	if within, own := s.within[method+" "+route]; own {
		return within
	}
	return Deadline
}

// OpenAPI is the document of what is registered.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.huma.OpenAPI() }

// Document is the OpenAPI document, laid out to be read and compared.
func (s *Server) Document() []byte {
	var b bytes.Buffer
	raw, err := json.Marshal(s.huma.OpenAPI())
	if err == nil {
		err = json.Indent(&b, raw, "", "  ")
	}
	if err != nil {
		panic("rest: encode the OpenAPI document: " + err.Error()) // of our own structs only
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// setLibraries sets what gin and huma let nobody set but for the whole program.
var setLibraries = sync.OnceFunc(func() {
	gin.SetMode(gin.ReleaseMode)
	huma.DefaultArrayNullable = false
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, _ ...error) huma.StatusError {
		return callOf(ctx.Context()).problemOfStatus(status)
	}
})
