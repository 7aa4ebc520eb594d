package media

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// queue lets pictures into the darkroom: while there is memory and a place for them, one of a user at a
// time, the users in turn, whoever sends how many. One that needs much is not passed by those that need
// little, or it would wait for ever.
type queue struct {
	mu     sync.Mutex
	memory int64 // that is free
	places int   // that are free
	users  map[string]*queued
	turns  []string // users who wait and have nothing in the darkroom: the first is next
}

// queued is what a user has in the darkroom or before it.
type queued struct {
	inside  bool
	waiting []*waiter
}

type waiter struct {
	need int64
	let  chan struct{} // closed when it is let in
}

// mostWaiting is how many pictures of one user may wait: an album.
const mostWaiting = MaxPhotos

func newQueue(memory int64, places int) *queue {
	return &queue{memory: memory, places: places, users: map[string]*queued{}}
}

// enter waits until the user's turn has come and so much memory is free, or ctx ends.
func (q *queue) enter(ctx context.Context, user string, need int64) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait for the darkroom: %w", err)
	}
	w, err := q.wait(user, need)
	if err != nil {
		return err
	}
	select {
	case <-w.let:
		return nil
	case <-ctx.Done():
		if !q.giveUp(user, w) {
			q.release(need)
			q.leave(user)
		}
		return fmt.Errorf("wait for the darkroom: %w", ctx.Err())
	}
}

func (q *queue) wait(user string, need int64) (*waiter, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	u := q.users[user]
	if u == nil {
		u = &queued{}
		q.users[user] = u
	}
	if len(u.waiting) >= mostWaiting {
		return nil, ErrBusy
	}
	w := &waiter{need, make(chan struct{})}
	u.waiting = append(u.waiting, w)
	if len(u.waiting) == 1 && !u.inside {
		q.turns = append(q.turns, user)
	}
	q.letIn()
	return w, nil
}

// giveUp is for who waits no longer; it is false if they have been let in that moment.
func (q *queue) giveUp(user string, w *waiter) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	u := q.users[user]
	at := slices.Index(u.waiting, w)
	if at < 0 {
		return false
	}
	u.waiting = slices.Delete(u.waiting, at, at+1)
	if len(u.waiting) == 0 && !u.inside {
		q.turns = slices.DeleteFunc(q.turns, func(other string) bool { return other == user })
		delete(q.users, user)
	}
	q.letIn() // it may have been the one that all others waited behind
	return true
}

// release gives back the memory and the place that enter took.
func (q *queue) release(need int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.memory, q.places = q.memory+need, q.places+1
	q.letIn()
}

// leave lets the user's next one have its turn.
func (q *queue) leave(user string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	u := q.users[user]
	u.inside = false
	if len(u.waiting) > 0 {
		q.turns = append(q.turns, user)
	} else {
		delete(q.users, user)
	}
	q.letIn()
}

// letIn lets in whoever can be.
func (q *queue) letIn() {
	for len(q.turns) > 0 && q.places > 0 {
		u := q.users[q.turns[0]]
		w := u.waiting[0]
		if w.need > q.memory {
			return
		}
		q.turns, u.waiting, u.inside = q.turns[1:], u.waiting[1:], true
		q.memory, q.places = q.memory-w.need, q.places-1
		close(w.let)
	}
}
