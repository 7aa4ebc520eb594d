package memindex

import (
	"hash/maphash"
	"math/bits"

	"corner/catalog"
	"corner/discovery"
)

// places is the latest reading of each place, by id: open addressing, with a byte of each
// id's hash beside the pointers, so that a probe rarely touches a listing. It takes 12
// bytes a place, where a map from id to pointer takes 60.
type places struct {
	seed  maphash.Seed
	tags  []uint8 // 0: free
	slots []*discovery.Listing
	n     int
}

func newPlaces(n int) *places {
	p := &places{seed: maphash.MakeSeed()}
	p.grow(max(16, n))
	return p
}

// find is where id is, or where it would be put.
func (p *places) find(id catalog.PlaceID) (slot int, tag uint8) {
	h := maphash.String(p.seed, string(id))
	at, _ := bits.Mul64(h, uint64(len(p.tags)))
	tag = uint8(h) | 1 // not the bits that chose the slot
	for slot = int(at); ; slot++ {
		if slot == len(p.tags) {
			slot = 0
		}
		if p.tags[slot] == 0 || p.tags[slot] == tag && p.slots[slot].Place == id {
			return slot, tag
		}
	}
}

// of is the latest reading of a place, nil for one never heard of.
func (p *places) of(id catalog.PlaceID) *discovery.Listing {
	slot, _ := p.find(id)
	return p.slots[slot]
}

// set makes l the latest reading of its place.
func (p *places) set(l *discovery.Listing) {
	if (p.n+1)*4 > len(p.tags)*3 {
		p.grow(p.n * 3 / 2)
	}
	slot, tag := p.find(l.Place)
	if p.slots[slot] == nil {
		p.n++
	}
	p.tags[slot], p.slots[slot] = tag, l
}

// grow makes room for n places.
func (p *places) grow(n int) {
	slots := p.slots
	p.tags, p.slots = make([]uint8, n*4/3+2), make([]*discovery.Listing, n*4/3+2)
	for _, l := range slots {
		if l != nil {
			slot, tag := p.find(l.Place)
			p.tags[slot], p.slots[slot] = tag, l
		}
	}
}

// learn notes those of listings that are newer than what is known of their places, as
// the index's own copies. It calls changed for each.
func (p *places) learn(listings []discovery.Listing, changed func(old, own *discovery.Listing)) {
	// Copies stand together, 64 to a piece of memory: a million of them make 16,000 pieces
	// for the garbage collector to keep, and few stay only for a neighbour's sake.
	const together = 64
	var room []discovery.Listing
	for i := range listings {
		l := &listings[i]
		old := p.of(l.Place)
		if old != nil && old.Version >= l.Version {
			continue
		}
		if !l.Live { // leaves its version only
			l = &discovery.Listing{Place: l.Place, Version: l.Version}
		}
		if len(room) == cap(room) {
			room = make([]discovery.Listing, 0, min(together, len(listings)-i))
		}
		room = append(room, *l)
		own := &room[len(room)-1]
		p.set(own)
		changed(old, own)
	}
}
