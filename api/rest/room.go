package rest

import (
	"fmt"
	"syscall"
)

// room is where a picture arrives: pages of the system's, which have memory behind them as far as they
// were written, and go back as soon as they are freed. On the heap a picture of 20 MB would leave 50 MB
// behind until the collector comes, counted by nobody.
type room struct{ bytes []byte }

func reserve(n int) (room, error) {
	b, err := syscall.Mmap(-1, 0, n, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return room{}, fmt.Errorf("reserve room for a picture: %w", err)
	}
	return room{b}, nil
}

// free gives the room back. Whoever still read it would end the program.
func (r *room) free() {
	if r.bytes != nil {
		_ = syscall.Munmap(r.bytes)
		r.bytes = nil
	}
}
