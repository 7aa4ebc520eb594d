package memindex

import (
	"hash/maphash"

	"corner/catalog"
	"corner/discovery"
)

// places is the latest reading of each place, by id: open addressing, with each id's
// hash beside the pointers, so that neither a probe nor growing touches other listings.
// It takes 16 to 24 bytes a place, where a map from id to pointer takes 60.
type places struct {
	seed  maphash.Seed
	tags  []uint32 // hashes; 0: free
	slots []*discovery.Listing
	n     int
}

func newPlaces(n int) *places {
	p := &places{seed: maphash.MakeSeed()}
	p.grow(max(16, n))
	return p
}

// find is where id is, or where it would be put.
func (p *places) find(id catalog.PlaceID) (slot int, tag uint32) {
	tag = uint32(maphash.String(p.seed, string(id))) | 1
	for slot = p.home(tag); ; slot++ {
		if slot == len(p.tags) {
			slot = 0
		}
		if p.tags[slot] == 0 || p.tags[slot] == tag && p.slots[slot].Place == id {
			return slot, tag
		}
	}
}

// home is the slot to begin at.
func (p *places) home(tag uint32) int { return int(uint64(tag) * uint64(len(p.tags)) >> 32) }

// of is the latest reading of a place, nil for one never heard of.
func (p *places) of(id catalog.PlaceID) *discovery.Listing {
	slot, _ := p.find(id)
	return p.slots[slot]
}

// grow makes room for n places.
func (p *places) grow(n int) {
	tags, slots := p.tags, p.slots
	p.tags, p.slots = make([]uint32, n*4/3+2), make([]*discovery.Listing, n*4/3+2)
	for i, tag := range tags {
		if tag == 0 {
			continue
		}
		slot := p.home(tag)
		for p.tags[slot] != 0 {
			if slot++; slot == len(p.tags) {
				slot = 0
			}
		}
		p.tags[slot], p.slots[slot] = tag, slots[i]
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
		if (p.n+1)*4 > len(p.tags)*3 {
			p.grow(p.n * 3 / 2)
		}
		slot, tag := p.find(l.Place)
		old := p.slots[slot]
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
		if p.tags[slot], p.slots[slot] = tag, own; old == nil {
			p.n++
		}
		changed(old, own)
	}
}
