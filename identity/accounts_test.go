package identity_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corner/fault"
	"corner/identity"
	"corner/kv"
	"corner/kv/memkv"
	"corner/store"
	"corner/store/identitysql"
	"corner/store/storetest"
)

// clock is a time that tests move.
type clock struct {
	start  time.Time
	passed atomic.Int64
}

func (c *clock) now() time.Time       { return c.start.Add(time.Duration(c.passed.Load())) }
func (c *clock) pass(d time.Duration) { c.passed.Add(int64(d)) }

// phones is a gateway that keeps the last code of each phone, and all texts.
type phones struct {
	mu    sync.Mutex
	codes map[string]string
	texts []string // "phone text"
	fail  error
}

func (p *phones) SendText(_ context.Context, phone, text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail == nil {
		p.texts = append(p.texts, phone+" "+text)
	}
	return p.fail
}

func (p *phones) SendCode(_ context.Context, phone, code string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[phone] = code
	return p.fail
}

// spy is a kv.Store that remembers all it was told, and fails on demand.
type spy struct {
	kv.Store
	mu   sync.Mutex
	told bytes.Buffer
	away atomic.Bool
}

func (s *spy) tell(key string, value []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(&s.told, "%s=%s\n", key, value)
	if s.away.Load() {
		return fmt.Errorf("dial: %w", kv.ErrUnavailable)
	}
	return nil
}

func (s *spy) Get(ctx context.Context, key string) ([]byte, bool, error) {
	if err := s.tell(key, nil); err != nil {
		return nil, false, err
	}
	return s.Store.Get(ctx, key)
}

func (s *spy) Set(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if err := s.tell(key, value); err != nil {
		return err
	}
	return s.Store.Set(ctx, key, value, ttl)
}

func (s *spy) Delete(ctx context.Context, key string) (bool, error) {
	if err := s.tell(key, nil); err != nil {
		return false, err
	}
	return s.Store.Delete(ctx, key)
}

func (s *spy) Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error) {
	if err := s.tell(key, nil); err != nil {
		return 0, err
	}
	return s.Store.Add(ctx, key, n, ttl)
}

func (s *spy) Allow(ctx context.Context, key string, l kv.Limit) (kv.Decision, error) {
	if err := s.tell(key, nil); err != nil {
		return kv.Decision{}, err
	}
	return s.Store.Allow(ctx, key, l)
}

// accounts is accounts over the embedded defaults.
type accounts struct {
	*identity.Accounts
	*clock
	db     *store.DB
	phones *phones
	kv     *spy
	sent   *challenges
}

// challenges keeps which challenge a code belongs to.
type challenges struct {
	sync.Mutex
	of map[string]identity.ChallengeID // by phone, of the newest; by phone and code
}

// SendCode asks for a code without a device token, and remembers its challenge.
func (h accounts) SendCode(ctx context.Context, phone, address, device string) error {
	return h.ask(ctx, identity.CodeRequest{Phone: phone, Address: address, DeviceID: device})
}

func (h accounts) ask(ctx context.Context, r identity.CodeRequest) error {
	id, err := h.Accounts.SendCode(ctx, r)
	if phone, ok := identity.ParsePhone(r.Phone); ok && err == nil {
		h.sent.Lock()
		defer h.sent.Unlock()
		h.sent.of[phone] = id
		h.sent.of[phone+h.phones.last(phone)] = id
	}
	return err
}

// SignIn shows a code to the challenge that it was sent for, or else to the newest of the phone.
func (h accounts) SignIn(ctx context.Context, phone, code string, device identity.Device, token string) (identity.Tokens, error) {
	return h.Accounts.SignIn(ctx, identity.SignInRequest{
		Challenge: h.challenge(phone, code), Phone: phone, Code: code, Device: device, Address: from, Token: token,
	})
}

func (h accounts) challenge(phone, code string) identity.ChallengeID {
	if e164, ok := identity.ParsePhone(phone); ok {
		phone = e164
	}
	h.sent.Lock()
	defer h.sent.Unlock()
	if id, ok := h.sent.of[phone+code]; ok {
		return id
	}
	return h.sent.of[phone]
}

func (p *phones) last(phone string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.codes[phone]
}

const (
	wang  = "+8613800138000"
	other = "+8613900139000"
	from  = "203.0.113.7"
)

var secret = []byte(strings.Repeat("s", identity.MinSecret))

func open(t testing.TB) accounts {
	t.Helper()
	db, c, p := storetest.Open(t, "sqlite"), &clock{start: time.Now()}, &phones{codes: map[string]string{}}
	mem := memkv.New(memkv.Bounds{})
	mem.Now = c.now
	s := &spy{Store: mem}
	people := identitysql.Store{DB: db}
	return accounts{&identity.Accounts{
		Store:       people,
		Roster:      people,
		Invitations: people,
		Operators:   people,
		Factors:     people,
		KV:          s,
		Gateway:     p,
		Keys:        keys(t, secret),
		Now:         c.now,
		Caps:        identity.Caps{MessagesPerAddress: 500, FailuresPerAddress: 500},
	}, c, db, p, s, &challenges{of: map[string]identity.ChallengeID{}}}
}

func keys(t testing.TB, secrets ...[]byte) *identity.Keys {
	t.Helper()
	k, err := identity.NewKeys(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// code is a fresh code for a phone.
func (h accounts) code(t *testing.T, phone string) string {
	t.Helper()
	if err := h.SendCode(t.Context(), phone, from, ""); err != nil {
		t.Fatalf("SendCode: %v", err)
	}
	h.phones.mu.Lock()
	defer h.phones.mu.Unlock()
	return h.phones.codes[phone]
}

// wrong is a code that is not the given one.
func wrong(code string) string { return code[:5] + string('0'+(code[5]-'0'+1)%10) }

// signIn is a new session.
func (h accounts) signIn(t *testing.T, phone string) identity.Tokens {
	t.Helper()
	tokens, err := h.SignIn(t.Context(), phone, h.code(t, phone), identity.Device{}, "")
	if err != nil {
		t.Fatalf("SignIn: %v", err)
	}
	return tokens
}

func refused(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

// faults are the pointers and codes of an input error.
func faults(err error) (all []string) {
	e, _ := errors.AsType[*fault.Error](err)
	if e == nil {
		return nil
	}
	for _, f := range e.Fields {
		all = append(all, f.Name+" "+f.Code)
	}
	return all
}

// limitOf is the limit that a refusal tells; 0 for none.
func limitOf(e *fault.Error) int {
	limited, _ := e.Data.(fault.Limited)
	return limited.Limit
}
