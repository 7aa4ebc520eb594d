package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"corner/discovery"
	"corner/idempotency"
	"corner/identity"
	"corner/store"
	"corner/store/bookingsql"
	"corner/store/identitysql"
	"corner/store/notifysql"
)

type serveCmd struct{}

// Run serves until it is told to stop.
func (serveCmd) Run(ctx context.Context, c *Config) error {
	if err := c.checkPrintedCodes(); err != nil {
		return err
	}
	log := c.logger()
	switch scheme(c.SMS) {
	case "log":
		log.Warn("ONE-TIME CODES ARE PRINTED HERE: whoever reads this output can sign in as anybody; see --sms")
	case "", "none":
		log.Warn("nobody can sign in until --sms is set")
	}
	lock, err := c.lockData()
	if err != nil {
		return err
	}
	defer lock.Close()
	a, err := wire(ctx, c, log, time.Now)
	if err != nil {
		return err
	}
	defer a.close()
	return a.run(ctx, nil)
}

// How long the server waits for a client, and for its requests when it stops.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second // of a whole request: phones in basements are slow
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	drainTimeout  = 20 * time.Second
	maxHeader     = 64 << 10
)

// run serves HTTP and does the background work until ctx ends. listening, if not
// nil, is called with the address once requests are taken.
func (a *app) run(ctx context.Context, listening func(address string)) error {
	if a.embeddedIndex() {
		began := time.Now()
		n := 0
		if err := a.projector.Reindex(ctx, func(done, _ int) { n = done }); err != nil {
			return err
		}
		a.log.Info("built the search index", "places", n, "took", time.Since(began).Round(time.Millisecond))
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.config.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	stopMetrics, err := a.serveMetrics(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer stopMetrics()
	server := newServer(a.handler(), a.log)
	// The background work outlives the last request: what it wrote is delivered.
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	var background sync.WaitGroup
	a.startWork(work, &background)
	defer background.Wait()
	defer stopWork()

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	a.log.Info("listening", "address", listener.Addr().String(), "version", version, "database", a.db.Dialect())
	if listening != nil {
		listening(listener.Addr().String())
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	a.log.Info("stopping")
	a.leave()
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}

// leave says at /readyz that no more requests should come, and goes on serving until who sends them
// has had the time to ask.
func (a *app) leave() {
	a.leaving.Store(true)
	if a.config.DrainDelay > 0 {
		time.Sleep(a.config.DrainDelay)
	}
}

// newServer serves a handler within the bounds above.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// startWork starts what goes on beside the requests.
func (a *app) startWork(ctx context.Context, wg *sync.WaitGroup) {
	wg.Go(func() { a.relay.Run(ctx) })
	go a.loadZones() // half a second that stopping need not wait for
	a.shared(ctx, wg, time.Second, "write down lapsed holds", func(ctx context.Context) error {
		_, err := a.desk.LapseRunOut(ctx, 200)
		return err
	})
	// A database that was restored was so while nothing ran, so once is enough, as soon as the list can be read.
	replayed := false
	a.every(ctx, wg, time.Minute, "erase again what was erased", func(ctx context.Context) error {
		if replayed {
			return nil
		}
		n, err := a.keeper.Replay(ctx)
		if n > 0 {
			a.log.Warn("accounts were erased again: the database was restored from before", "accounts", n)
		}
		replayed = err == nil
		return err
	})
	a.shared(ctx, wg, time.Minute, "list erasures", func(ctx context.Context) error {
		_, err := a.keeper.List(ctx)
		return err
	})
	a.shared(ctx, wg, 10*time.Minute, "end claims that nobody proved", func(ctx context.Context) error {
		_, err := a.catalog.LapseClaims(ctx, 200)
		return err
	})
	a.every(ctx, wg, 2*time.Second, "read the categories", a.catalog.RefreshTree)
	a.every(ctx, wg, time.Second, "read what is stopped", a.readSwitches)
	a.shared(ctx, wg, 10*time.Minute, "forget old keys and events", a.forget)
	a.shared(ctx, wg, time.Minute, "seal second factors under the first secret", func(ctx context.Context) error {
		n, err := a.accounts.SealFactors(ctx)
		if n > 0 {
			a.log.Info("sealed second factors under the first secret", "factors", n)
		}
		return err
	})
	a.shared(ctx, wg, time.Minute, "change phone numbers whose wait is over", func(ctx context.Context) error {
		_, err := a.accounts.SettlePhones(ctx)
		return err
	})
	a.shared(ctx, wg, 6*time.Hour, "sweep photos that nobody names", func(ctx context.Context) error {
		n, err := a.album.Sweep(ctx)
		if n > 0 {
			a.log.Info("swept photos that nobody names", "blobs", n)
		}
		return err
	})
	a.shared(ctx, wg, time.Hour, "purge uploads that are over", func(ctx context.Context) error {
		_, err := a.album.PurgeUploads(ctx)
		return err
	})
	a.every(ctx, wg, 5*time.Second, "bring back the search index", func(ctx context.Context) error {
		if err := a.finder.Index.Ready(ctx); !errors.Is(err, discovery.ErrIndexMissing) {
			return nil // there, or away: then the relay says so
		}
		a.log.Info("the search index is missing and is being rebuilt")
		return a.projector.Restore(ctx, nil)
	})
}

// shared is every for work that one of all instances does at a time, while automatic work is not stopped.
func (a *app) shared(ctx context.Context, wg *sync.WaitGroup, pause time.Duration, what string, work func(context.Context) error) {
	a.every(ctx, wg, pause, what, func(ctx context.Context) error {
		ctx, done := a.switches.working(ctx)
		defer done()
		if ctx.Err() != nil {
			return nil
		}
		// A little less than the pause: the clocks of tickers and of databases are not one.
		mine, err := a.db.Due(ctx, what, time.Now(), pause-pause/10)
		if err != nil || !mine {
			return err
		}
		if err = work(ctx); ctx.Err() != nil {
			return nil // broken off
		}
		return err
	})
}

// every does work now and then, one at a time, until ctx ends.
func (a *app) every(ctx context.Context, wg *sync.WaitGroup, pause time.Duration, what string, work func(context.Context) error) {
	wg.Go(func() {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				a.log.Warn(what, "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// keepEvents is how long events are kept after they were delivered.
const keepEvents = 7 * 24 * time.Hour

// How long a session is kept after it ended, and a hold that came to nothing.
const (
	keepSessions = 30 * 24 * time.Hour
	keepLapsed   = 30 * 24 * time.Hour
	keepNotices  = 180 * 24 * time.Hour
)

// forget removes what nobody asks for any more, in short transactions, as long as there is some.
func (a *app) forget(ctx context.Context) error {
	const chunk = 2_000
	now := time.Now()
	var errs []error
	for _, purge := range []func() (int, error){
		func() (int, error) { return store.Outbox{DB: a.db}.Purge(ctx, now.Add(-keepEvents), chunk) },
		func() (int, error) { return a.db.ForgetKeys(ctx, now.Add(-idempotency.Kept), chunk) },
		func() (int, error) {
			return identitysql.Store{DB: a.db}.ForgetSessions(ctx, now.Add(-keepSessions), chunk)
		},
		func() (int, error) { return notifysql.Store{DB: a.db}.Forget(ctx, now.Add(-keepNotices), chunk) },
		func() (int, error) {
			return identitysql.Store{DB: a.db}.ForgetLooks(ctx, now.Add(-identity.KeepLooks), chunk)
		},
		func() (int, error) { return bookingsql.Store{DB: a.db}.ForgetLapsed(ctx, now.Add(-keepLapsed), chunk) },
	} {
		for {
			n, err := purge()
			if err != nil {
				errs = append(errs, err)
			}
			if err != nil || n < chunk {
				break
			}
		}
	}
	return errors.Join(errs...)
}
