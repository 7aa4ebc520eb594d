package rediskv

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"corner/kv"
)

// Prefix begins every key in Redis.
const Prefix = "corner:"

// Store is a kv.Store in Redis. Make it with Open, end it with Close; it is safe for use by many goroutines.
type Store struct {
	client *redis.Client
}

var (
	_ kv.Store  = (*Store)(nil)
	_ kv.Pinger = (*Store)(nil)
)

// patience is how long each wait may be: to connect, for a connection of the pool, to write, to read.
const patience = 500 * time.Millisecond

// Open reads a URL (redis://, rediss:// or unix://) and makes a Store of it, without connecting.
func Open(url string) (*Store, error) {
	o, err := redis.ParseURL(url)
	if err != nil {
		// Not wrapped: the parser's errors repeat parts of the URL, which holds the password.
		return nil, fmt.Errorf("%w: not a URL of a Redis (redis://user:password@host:port/number)", kv.ErrInvalid)
	}
	setOptions(o)
	// The library writes each failure to standard error as well, in a form of its own, through a logger that the
	// whole process shares. This is the only room that has the library, and all it would say comes back as errors.
	logging.Disable()
	return &Store{client: redis.NewClient(o)}, nil
}

// setOptions fills what the URL left open, and settles what it may not say.
func setOptions(o *redis.Options) {
	for _, wait := range []*time.Duration{&o.DialTimeout, &o.ReadTimeout, &o.WriteTimeout, &o.PoolTimeout} {
		if *wait == 0 {
			*wait = patience
		}
	}
	if o.MaxRetries == 0 {
		o.MaxRetries = 1 // for the connection that died since its last use; the library's 3 make a dead server slow
	}
	if o.MaxRetryBackoff == 0 {
		o.MaxRetryBackoff = 50 * time.Millisecond
	}
	if o.PoolSize == 0 {
		o.PoolSize = 32 // a command takes well under a millisecond: this is tens of thousands a second
	}
	o.DialerRetries = 1            // the library's 5, 100 ms apart, come on top of MaxRetries
	o.ContextTimeoutEnabled = true // else a caller's deadline does not reach the socket
	o.DisableIdentity = true       // saves a round trip for each connection
	o.MaintNotificationsConfig = &maintnotifications.Config{
		Mode: maintnotifications.ModeDisabled, // a paid cloud's protocol; it costs a handshake elsewhere
	}
}

// Close ends all connections. Calls after it answer ErrUnavailable.
func (s *Store) Close() error { return s.client.Close() }

// Ping is kv.Pinger's.
func (s *Store) Ping(ctx context.Context) error {
	c := begin(ctx)
	return c.explain("ping", s.client.Ping(ctx).Err())
}

// Get is kv.Store's.
func (s *Store) Get(ctx context.Context, key string) ([]byte, bool, error) {
	if err := check(ctx, key); err != nil {
		return nil, false, err
	}
	c := begin(ctx)
	b, err := s.client.Get(ctx, Prefix+key).Bytes()
	switch {
	case errors.Is(err, redis.Nil):
		return nil, false, nil
	case err != nil:
		return nil, false, c.explain("get", err)
	case len(b) == 0 || b[0] != 'v':
		return nil, false, kv.ErrKind
	}
	return b[1:], true, nil
}

// Set is kv.Store's.
func (s *Store) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	if err := kv.CheckValue(value); err != nil {
		return err
	}
	ttl, err := kv.CheckTTL(ttl)
	if err != nil {
		return err
	}
	marked := append(append(make([]byte, 0, 1+len(value)), 'v'), value...)
	c := begin(ctx)
	return c.explain("set", s.client.Set(ctx, Prefix+key, marked, ttl).Err())
}

// Delete is kv.Store's.
func (s *Store) Delete(ctx context.Context, key string) (bool, error) {
	if err := check(ctx, key); err != nil {
		return false, err
	}
	c := begin(ctx)
	n, err := s.client.Del(ctx, Prefix+key).Result()
	if err != nil {
		return false, c.explain("delete", err)
	}
	return n > 0, nil
}

// Add is kv.Store's.
func (s *Store) Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error) {
	if err := check(ctx, key); err != nil {
		return 0, err
	}
	ttl, err := kv.CheckTTL(ttl)
	if err != nil {
		return 0, err
	}
	c := begin(ctx)
	status, sum, err := runPair(addScript.Run(ctx, s.client, []string{Prefix + key}, n, ttl.Milliseconds()))
	if err != nil {
		return 0, c.explain("add", err)
	}
	switch status {
	case wrongKind:
		return 0, kv.ErrKind
	case overflow:
		return 0, fmt.Errorf("%w: the counter would overflow", kv.ErrInvalid)
	}
	return sum, nil
}

// Allow is kv.Store's.
func (s *Store) Allow(ctx context.Context, key string, limit kv.Limit) (kv.Decision, error) {
	if err := check(ctx, key); err != nil {
		return kv.Decision{}, err
	}
	if err := limit.Check(); err != nil {
		return kv.Decision{}, err
	}
	c := begin(ctx)
	status, debt, err := runPair(allowScript.Run(ctx, s.client, []string{Prefix + key},
		limit.Interval().Microseconds(), limit.Full().Microseconds()))
	if err != nil {
		return kv.Decision{}, c.explain("allow", err)
	}
	if status == wrongKind {
		return kv.Decision{}, kv.ErrKind
	}
	return limit.Decision(status == done, time.Duration(debt)*time.Microsecond), nil
}

func check(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return kv.CheckKey(key)
}
