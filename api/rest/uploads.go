package rest

import (
	"sync"

	"corner/media"
)

// uploads is the memory for pictures that are on their way: so much in all, and of that so much for
// one person, so that nobody fills it alone.
type uploads struct {
	mu     sync.Mutex
	free   int64
	each   int64 // what one person may take
	people map[string]int64
}

// newUploads has so many bytes, or UploadMemory.
func newUploads(memory int64) *uploads {
	if memory == 0 {
		memory = UploadMemory
	}
	// The largest picture is always taken, from whoever is alone.
	return &uploads{free: memory, each: max(memory/4, media.MaxUpload+1), people: map[string]int64{}}
}

// take reports whether a person may take so many bytes more, and takes them.
func (p *uploads) take(user string, n int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n > p.free || p.people[user]+n > p.each {
		return false
	}
	p.free -= n
	p.people[user] += n
	return true
}

// release gives back what take took.
func (p *uploads) release(user string, n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free += n
	if p.people[user] -= n; p.people[user] == 0 {
		delete(p.people, user)
	}
}
