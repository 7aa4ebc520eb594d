package cloudblob

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// memory is keys in this process, lost at its end.
type memory struct {
	mu  sync.Mutex
	all map[string]kept
}

type kept struct {
	content []byte
	put     time.Time
}

func (m *memory) put(ctx context.Context, key string, content []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all[key] = kept{bytes.Clone(content), time.Now()}
	return nil
}

func (m *memory) size(ctx context.Context, key string) (int64, error) {
	content, err := m.get(ctx, key)
	return int64(len(content)), err
}

func (m *memory) get(ctx context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, there := m.all[key]
	if !there {
		return nil, errMissing
	}
	return bytes.Clone(k.content), ctx.Err()
}

func (m *memory) remove(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, key)
	return nil
}

// list calls f without holding the lock: f may ask for more.
func (m *memory) list(ctx context.Context, prefix string, f func(key string, put time.Time) error) error {
	m.mu.Lock()
	all := maps.Clone(m.all)
	m.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if !strings.HasPrefix(key, prefix) {
			continue
		}
		if err := f(key, all[key].put); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (m *memory) ready(ctx context.Context) error { return ctx.Err() }

func (m *memory) close() error { return nil }
