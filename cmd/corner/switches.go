package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"corner/event"
	"corner/store"
)

// What can be stopped by hand, as the table names it.
const (
	messagesSwitch = "messages" // whatever is sent to phones
	workSwitch     = "work"     // shared work, and consumers but for the index
)

var switchNames = []string{messagesSwitch, workSwitch}

// switches is what is stopped, as this instance read it last: every second. While the database does not
// answer, what was stopped stays so, and what was not goes on.
type switches struct {
	mu    sync.Mutex
	off   map[string]store.Switch
	begun map[*context.CancelFunc]struct{} // work that is under way
}

// readSwitches reads what is stopped. Work that is under way is broken off if it is stopped: it is made
// to be, for a process can end at any time.
func (a *app) readSwitches(ctx context.Context) error {
	off, err := a.db.Stopped(ctx)
	if err != nil {
		return err
	}
	s := &a.switches
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range switchNames {
		was, before := s.off[name]
		is, now := off[name]
		switch {
		case now && !before:
			a.log.Warn(name+" stopped by hand", "since", is.Stopped, "reason", is.Reason)
		case before && !now:
			a.log.Info(name+" started again", "stopped", was.Stopped)
		}
	}
	s.off = off
	if _, off := off[workSwitch]; off {
		for cancel := range s.begun {
			(*cancel)()
		}
	}
	return nil
}

func (s *switches) stopped(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, off := s.off[name]
	return off
}

// working is a context for a turn of automatic work, which ends when that is stopped; it has ended
// already while it is. done is to be called when the turn is over.
func (s *switches) working(ctx context.Context) (_ context.Context, done func()) {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, off := s.off[workSwitch]; off {
		cancel()
		return ctx, func() {}
	}
	if s.begun == nil {
		s.begun = map[*context.CancelFunc]struct{}{}
	}
	s.begun[&cancel] = struct{}{}
	return ctx, func() {
		cancel()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.begun, &cancel)
	}
}

// pausing is a worker whose deliveries wait while automatic work is stopped.
func (a *app) pausing(w event.Worker) event.Worker {
	w.Paused = func() bool { return a.switches.stopped(workSwitch) }
	return w
}

type messagesCmd struct {
	Stop   messagesStopCmd   `cmd:"" help:"Send nothing to phones from within two seconds on: nobody gets a code or a message; who is signed in stays so."`
	Start  messagesStartCmd  `cmd:"" help:"Send again."`
	Status messagesStatusCmd `cmd:"" help:"Print whether messages are stopped, since when and why."`
}

type workCmd struct {
	Stop   workStopCmd   `cmd:"" help:"Do nothing by itself from within two seconds on. Events wait; the search index is kept."`
	Start  workStartCmd  `cmd:"" help:"Go on, with what has waited."`
	Status workStatusCmd `cmd:"" help:"Print whether automatic work is stopped, since when and why."`
}

type (
	messagesStopCmd struct {
		Reason string `help:"For those who ask for the status." placeholder:"TEXT"`
	}
	messagesStartCmd  struct{}
	messagesStatusCmd struct{}
	workStopCmd       struct {
		Reason string `help:"For those who ask for the status." placeholder:"TEXT"`
	}
	workStartCmd  struct{}
	workStatusCmd struct{}
)

// Run stops messages.
func (s messagesStopCmd) Run(ctx context.Context, c *Config) error {
	return stop(ctx, c, messagesSwitch, s.Reason)
}

// Run starts them again.
func (messagesStartCmd) Run(ctx context.Context, c *Config) error {
	return resume(ctx, c, messagesSwitch)
}

// Run prints how they are.
func (messagesStatusCmd) Run(ctx context.Context, c *Config) error {
	return status(ctx, c, messagesSwitch)
}

// Run stops automatic work.
func (s workStopCmd) Run(ctx context.Context, c *Config) error {
	return stop(ctx, c, workSwitch, s.Reason)
}

// Run starts it again.
func (workStartCmd) Run(ctx context.Context, c *Config) error { return resume(ctx, c, workSwitch) }

// Run prints how it is.
func (workStatusCmd) Run(ctx context.Context, c *Config) error { return status(ctx, c, workSwitch) }

func stop(ctx context.Context, c *Config, name, reason string) error {
	return withDatabase(ctx, c, func(db *store.DB) error {
		if err := db.Stop(ctx, store.Switch{Name: name, Stopped: time.Now(), Reason: reason}); err != nil {
			return err
		}
		return printStatus(ctx, db, name)
	})
}

func resume(ctx context.Context, c *Config, name string) error {
	return withDatabase(ctx, c, func(db *store.DB) error {
		if err := db.Resume(ctx, name); err != nil {
			return err
		}
		return printStatus(ctx, db, name)
	})
}

func status(ctx context.Context, c *Config, name string) error {
	return withDatabase(ctx, c, func(db *store.DB) error { return printStatus(ctx, db, name) })
}

func printStatus(ctx context.Context, db *store.DB, name string) error {
	stopped, err := db.Stopped(ctx)
	if err != nil {
		return err
	}
	s, off := stopped[name]
	if !off {
		fmt.Println(name + ": on")
		return nil
	}
	fmt.Printf("%s: stopped since %s", name, s.Stopped.Format(time.RFC3339))
	if s.Reason != "" {
		fmt.Printf(": %s", s.Reason)
	}
	fmt.Println()
	return nil
}

// withDatabase opens nothing but the database, for a command that has to work whatever else is away.
func withDatabase(ctx context.Context, c *Config, f func(*store.DB) error) error {
	a := &app{config: c, log: c.logger()}
	if err := a.openDatabase(ctx); err != nil {
		return err
	}
	defer a.close()
	return f(a.db)
}
