package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"corner/api"
	"corner/booking"
	"corner/catalog"
	"corner/discovery"
	"corner/event"
	"corner/geo"
	"corner/identity"
	"corner/identity/logsms"
	"corner/identity/websms"
	"corner/index/esindex"
	"corner/index/guarded"
	"corner/index/memindex"
	"corner/kv"
	"corner/kv/memkv"
	"corner/kv/rediskv"
	"corner/media"
	"corner/media/cloudblob"
	"corner/moderation"
	"corner/notify"
	"corner/privacy"
	"corner/reviews"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/catalogsql"
	"corner/store/discoverysql"
	"corner/store/identitysql"
	"corner/store/mediasql"
	"corner/store/moderationsql"
	"corner/store/notifysql"
	"corner/store/privacysql"
	"corner/store/reviewsql"
	"corner/store/visitsql"
	"corner/visits"
)

// app is the parts, wired. This file is the only place that knows which technology
// stands behind which port.
type app struct {
	config  *Config
	log     *slog.Logger
	db      *store.DB
	kv      kv.Store
	blobs   *cloudblob.Bucket
	closers []io.Closer

	accounts  *identity.Accounts
	catalog   *catalog.Catalog
	album     *media.Album
	desk      *booking.Desk
	visits    *visits.Log
	board     *reviews.Board
	finder    *discovery.Finder
	guard     *guarded.Index // of the index; nil when it is in this process
	projector *discovery.Projector
	moderator *moderation.Moderator
	keeper    *privacy.Keeper
	inbox     *notify.Inbox
	relay     *event.Relay
	metrics   *prometheus.Registry
	switches  switches
	leaving   atomic.Bool           // no more requests should come
	zones     atomic.Pointer[error] // how loading the map of time zones went; nil until it has
}

// routes says which consumers are told of which events.
var routes = event.Routes{
	catalog.PlaceChanged:   {discovery.Consumer},
	catalog.PlacePublished: {discovery.Consumer},
	catalog.PlaceClaimed:   {discovery.Consumer},
	catalog.PlaceReleased:  {discovery.Consumer},
	catalog.PlaceImported:  {discovery.Consumer},

	catalog.PlaceUnpublished: {discovery.Consumer},
	catalog.PlaceHidden:      {discovery.Consumer},
	catalog.PlaceRestored:    {discovery.Consumer},
	catalog.PlaceMerged:      {discovery.Consumer},
	catalog.PlaceUnmerged:    {discovery.Consumer},
	catalog.PlaceCleared:     {discovery.Consumer},
	catalog.PlaceTakenBack:   {discovery.Consumer},
	catalog.StarsCarried:     {discovery.Consumer},
	catalog.PlaceSuspended:   {discovery.Consumer},
	catalog.PlaceLifted:      {discovery.Consumer},
	reviews.HiddenEvent:      {discovery.Consumer},
	reviews.RestoredEvent:    {discovery.Consumer},

	catalog.ClaimShownEvent:  {moderation.Consumer},
	catalog.PlaceContested:   {moderation.Consumer, discovery.Consumer},
	catalog.PlaceTransformed: {moderation.Consumer, discovery.Consumer},
	catalog.ListingBurst:     {moderation.Consumer},

	identity.SessionOpened:     {notify.Consumer},
	booking.CancelledEvent:     {notify.Consumer},
	catalog.ClaimVerifiedEvent: {notify.Consumer},
	catalog.ClaimRefusedEvent:  {notify.Consumer},
	catalog.ClaimLapsedEvent:   {notify.Consumer},
	moderation.DecidedEvent:    {notify.Consumer},

	catalog.PlaceBrandClaimed: {moderation.Consumer},
	catalog.PlaceBranded:      {discovery.Consumer},
	catalog.PlaceUnbranded:    {discovery.Consumer},

	catalog.PlaceClosed:   {discovery.Consumer},
	catalog.PlaceReopened: {discovery.Consumer},
	catalog.PlaceEnded:    {discovery.Consumer},

	catalog.ServiceCreated: {discovery.Consumer},
	media.PhotoAdded:       {discovery.Consumer},
	media.PhotoChanged:     {discovery.Consumer},
	media.PhotoRemoved:     {discovery.Consumer},
	catalog.ServiceChanged: {discovery.Consumer},
	catalog.ServiceRetired: {discovery.Consumer},
	catalog.MenuCreated:    {discovery.Consumer},
	reviews.PostedEvent:    {discovery.Consumer},
}

// wire opens what the configuration names and puts the parts together. now is the
// clock of every room.
func wire(ctx context.Context, c *Config, log *slog.Logger, now func() time.Time) (_ *app, err error) {
	a := &app{config: c, log: log, catalog: new(catalog.Catalog)}
	defer func() {
		if err != nil {
			_ = a.close()
		}
	}()
	if err := a.openDatabase(ctx); err != nil {
		return nil, err
	}
	if err := a.readSwitches(ctx); err != nil {
		return nil, fmt.Errorf("read what is stopped: %w", err)
	}
	if err := a.openCache(); err != nil {
		return nil, err
	}
	if err := a.openBlobs(ctx); err != nil {
		return nil, err
	}
	index, err := a.openIndex()
	if err != nil {
		return nil, err
	}
	secrets, err := c.theSecrets()
	if err != nil {
		return nil, fmt.Errorf("the secret: %w", err)
	}
	keys, codeKeys, err := keysOf(secrets)
	if err != nil {
		return nil, err
	}

	people := identitysql.Store{DB: a.db}
	source := discoverysql.Store{DB: a.db, Now: now}
	journal := &identity.Journal{Looks: people, Now: now}
	a.accounts = &identity.Accounts{
		Store: people, Roster: people, Invitations: people, Operators: people, Factors: people, KV: a.kv, Gateway: a.gateway(), Keys: keys,
		Caps: c.Caps.caps(), Journal: journal, Now: now,
	}
	a.catalog.Store = catalogsql.Store{DB: a.db, Leave: []catalogsql.Leave{bookingsql.LeavePlace, mediasql.LeavePlace}}
	a.catalog.MaxMerchants, a.catalog.Now = c.Quotas.MerchantsPerPerson, now
	a.catalog.Quotas, a.catalog.People, a.catalog.Journal = c.Quotas.catalog(), a.accounts, journal
	if err := a.catalog.RefreshTree(ctx); err != nil {
		return nil, fmt.Errorf("read the categories: %w", err)
	}
	room, err := darkroom(c.photoMemory().workers, log)
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	a.album = &media.Album{
		Store: mediasql.Store{
			DB: a.db,
		},
		Blobs:    a.blobs,
		Uploads:  mediasql.Store{DB: a.db},
		Pieces:   cloudblob.Pieces{Bucket: a.blobs},
		Catalog:  a.catalog,
		Darkroom: room,
		KV:       a.kv,
		PerDay:   c.Quotas.PhotosPerPerson,
		Now:      now,
	}
	a.desk = &booking.Desk{
		Store:    bookingsql.Store{DB: a.db},
		Catalog:  a.catalog,
		CodeKeys: codeKeys,
		HoldFor:  c.HoldFor,
		Journal:  journal,
		Quotas:   c.Quotas.bookings(),
		Now:      now,
	}
	a.visits = &visits.Log{Store: visitsql.Store{DB: a.db}, Desk: a.desk, Journal: journal, KV: a.kv, Now: now}
	a.board = &reviews.Board{Store: reviewsql.Store{DB: a.db}, Visits: a.visits, Catalog: a.catalog, Now: now}
	a.finder = a.findIn(index, now)
	a.projector = &discovery.Projector{Index: index, Source: source, Catalog: a.catalog, Now: now}
	a.moderator = &moderation.Moderator{
		Store: moderationsql.Store{DB: a.db}, Accounts: a.accounts, Catalog: a.catalog, Album: a.album, Board: a.board,
		Journal: journal,
		PerDay:  c.Quotas.ReportsPerPerson, Now: now,
	}
	a.keeper = &privacy.Keeper{
		Store: privacysql.Store{DB: a.db}, Desk: a.desk, Erased: cloudblob.Erasures{Bucket: a.blobs}, KV: a.kv, Now: now,
	}
	a.inbox = &notify.Inbox{Store: notifysql.Store{DB: a.db}, Source: notifysql.Store{DB: a.db}, Now: now}
	a.relay = &event.Relay{
		Outbox: store.Outbox{DB: a.db},
		Workers: map[event.Consumer]event.Worker{
			discovery.Consumer:  a.indexWorker(),
			moderation.Consumer: a.pausing(event.Worker{Handle: a.moderator.Handle}),
			notify.Consumer:     a.pausing(event.Worker{Handle: a.inbox.Handle}),
		},
		Log: log, Now: now,
	}
	a.metrics = a.figures()
	return a, nil
}

// findIn is the finder in an index. One on a server may go away; the one in this process
// goes with it.
func (a *app) findIn(index discovery.Index, now func() time.Time) *discovery.Finder {
	if a.embeddedIndex() {
		return &discovery.Finder{Index: index, Trees: &a.catalog.Trees, Now: now}
	}
	a.guard = guarded.New(index, guarded.Options{Changed: func(asked bool) {
		if asked {
			a.log.Info("the search index answers again")
		} else {
			a.log.Warn("the search index does not answer, and is asked once a second until it does")
		}
	}})
	return &discovery.Finder{
		Index: a.guard,
		Aside: guarded.New(a.guard, guarded.Options{Budget: asideBudget}),
		Trees: &a.catalog.Trees,
		Now:   now,
	}
}

// asideBudget is how long a page waits for what it can do without.
const asideBudget = 300 * time.Millisecond

// indexWorker keeps the search index. The one in this process is quick, and built anew
// whenever it starts; one on a server takes many places at once more cheaply than one by
// one, and is built when there has never been one.
func (a *app) indexWorker() event.Worker {
	w := event.Worker{Handle: a.projector.Handle}
	if !a.embeddedIndex() {
		w.Linger = 200 * time.Millisecond
		w.Rebuild = func(ctx context.Context) error { return a.projector.Reindex(ctx, nil) }
	}
	return w
}

func (a *app) openDatabase(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	db, err := store.Open(ctx, a.config.databaseURL())
	if err != nil {
		return fmt.Errorf("open the database%s: %w", a.config.databaseFile(), err)
	}
	db.Routes = routes
	a.db, a.closers = db, append(a.closers, db)
	done, err := db.Migrate(ctx, time.Now())
	if err != nil {
		return fmt.Errorf("migrate the database%s: %w", a.config.databaseFile(), err)
	}
	for _, name := range done {
		a.log.Info("migrated the database", "step", name)
	}
	return nil
}

func (a *app) openCache() error {
	local := memkv.New(memkv.Bounds{})
	a.kv = local
	if scheme(a.config.Cache) == "mem" {
		return nil
	}
	shared, err := rediskv.Open(a.config.Cache)
	if err != nil {
		return fmt.Errorf("--cache: %w", err)
	}
	a.closers = append(a.closers, shared)
	a.kv = &kv.Degrading{Shared: shared, Local: local, Now: time.Now, Pause: kv.DefaultPause}
	return nil
}

func (a *app) openBlobs(ctx context.Context) error {
	raw, err := a.config.blobsURL()
	if err != nil {
		return fmt.Errorf("--blobs: %w", err)
	}
	a.blobs, err = cloudblob.Open(ctx, raw)
	if err != nil {
		return fmt.Errorf("--blobs: %w", err)
	}
	a.closers = append(a.closers, a.blobs)
	return nil
}

func (a *app) openIndex() (discovery.Index, error) {
	if a.embeddedIndex() {
		index := memindex.New()
		index.Trees = &a.catalog.Trees
		a.closers = append(a.closers, index)
		return index, nil
	}
	u, err := url.Parse(a.config.Index)
	if err != nil {
		return nil, errors.New("--index: the URL cannot be read") // it may hold a password
	}
	// The path, if any, names the index, so that several Corners can share a server.
	opts := esindex.Options{Alias: strings.Trim(u.Path, "/"), Trees: &a.catalog.Trees}
	u.Path = ""
	index, err := esindex.Open(u.String(), opts)
	if err != nil {
		return nil, fmt.Errorf("--index: %w", err)
	}
	a.closers = append(a.closers, index)
	return index, nil
}

// embeddedIndex reports whether the index lives in this process, and is gone with it.
func (a *app) embeddedIndex() bool { return scheme(a.config.Index) == "mem" }

func (a *app) gateway() identity.Gateway {
	stopped := func() bool { return a.switches.stopped(messagesSwitch) }
	switch scheme(a.config.SMS) {
	case "log":
		return identity.Stoppable{Gateway: &logsms.Gateway{Out: os.Stderr}, Stopped: stopped}
	case "http", "https":
		return identity.Stoppable{
			Gateway: &websms.Gateway{URL: a.config.SMS, Token: a.config.SMSToken, Client: &http.Client{Timeout: 10 * time.Second}}, Stopped: stopped,
		}
	}
	return nil
}

// handler is the HTTP API over the parts.
func (a *app) handler() http.Handler {
	return (&api.API{
		Accounts: a.accounts, Catalog: a.catalog, Album: a.album, Desk: a.desk, Visits: a.visits, Board: a.board, Finder: a.finder,
		Moderator: a.moderator, Keeper: a.keeper, Inbox: a.inbox, Repeated: a.db.Repeated,
		KV: a.kv, Ready: a.ready, Metrics: a.metrics, MetricsAside: a.config.MetricsAddr != "", Log: a.log, Now: time.Now, Version: version,
		RateLimit: a.config.RateLimit, UploadMemory: a.config.photoMemory().uploads, TrustedProxies: a.config.TrustedProxies,
	}).Handler()
}

// ready says of each part whether it can be used.
func (a *app) ready(ctx context.Context) map[string]api.Part {
	parts := map[string]api.Part{
		"database": {Away: a.db.Ping(ctx), Needed: true},
		"index":    {Away: a.finder.Index.Ready(ctx)},
		"cache":    {},
		"zones":    {Away: a.zonesLoaded(), Needed: true},
		"blobs":    {Away: a.blobs.Ready(ctx)},
	}
	if a.leaving.Load() {
		parts["process"] = api.Part{Away: errLeaving, Needed: true}
	}
	if p, ok := a.kv.(kv.Pinger); ok {
		parts["cache"] = api.Part{Away: p.Ping(ctx)}
	}
	return parts
}

// errLeaving says that the process is about to stop.
var errLeaving = errors.New("the process is stopping")

// errZonesLoading says that the map of time zones is still being read.
var errZonesLoading = errors.New("the map of time zones is being loaded")

// loadZones loads the map of time zones, which the first registration would wait for.
func (a *app) loadZones() {
	err := geo.LoadZones()
	if err != nil {
		a.log.Error("load the map of time zones", "error", err)
	}
	debug.FreeOSMemory() // of what loading took, more than half is no longer needed
	a.zones.Store(&err)
}

// zonesLoaded is nil once the map of time zones is there.
func (a *app) zonesLoaded() error {
	if err := a.zones.Load(); err != nil {
		return *err
	}
	return errZonesLoading
}

// close lets go of everything, last opened first.
func (a *app) close() error {
	var errs []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		errs = append(errs, a.closers[i].Close())
	}
	return errors.Join(errs...)
}
