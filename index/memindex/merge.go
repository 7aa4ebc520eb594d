package memindex

import (
	"sync"

	"corner/catalog"
	"corner/discovery"
)

// joining is a merge that goes on beside everything else: it may take a second, and nobody
// should wait for it, the next writer neither.
type joining struct {
	from, till int // the parts being merged; no other merge touches those before till
	turn       int // which merge this is; others are abandoned
	going      sync.WaitGroup
}

// abandon forgets the merge that goes on: what it merges is no longer there.
func (j *joining) abandon() { j.from, j.till, j.turn = 0, 0, j.turn+1 }

// apart is how many listings are merged beside everything else, and not by the writer.
const apart = 2_000

// tidy joins small segments. What was put can be seen already. The caller holds mu.
func (ix *Index) tidy() {
	for {
		all := ix.now.Load().parts
		from, ok := mergeable(all[ix.joining.till:])
		if !ok {
			return
		}
		from += ix.joining.till
		size := 0
		for _, p := range all[from:] {
			size += p.alive()
		}
		if size > apart {
			if ix.joining.till == 0 {
				ix.joining.from, ix.joining.till = from, len(all)
				turn, old := ix.joining.turn, all[from:]
				ix.joining.going.Go(func() { ix.join(turn, old, merge(old, ix.Trees.Tree())) })
			}
			return
		}
		ix.now.Store(&snapshot{joined(all[:from], merge(all[from:], ix.Trees.Tree()), nil)})
	}
}

// joined is parts with a new one in their middle.
func joined(before []part, middle *segment, after []part) []part {
	all := make([]part, 0, len(before)+1+len(after))
	all = append(all, before...)
	if middle.len() > 0 {
		all = append(all, part{segment: middle})
	}
	return append(all, after...)
}

// Close waits for the merge that goes on, if any. Nothing may be put meanwhile, or after.
func (ix *Index) Close() error {
	ix.joining.going.Wait()
	return nil
}

// join puts a merged segment in the place of the parts it was made of. Listings that
// have been replaced meanwhile are marked in it.
func (ix *Index) join(turn int, old []part, merged *segment) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.joining.turn != turn {
		return
	}
	from, till := ix.joining.from, ix.joining.till
	now := ix.now.Load().parts
	parts := joined(now[:from], merged, now[till:])
	for i, p := range now[from:till] {
		p.dead.each(span{0, uint32(p.len())}, func(doc uint32) {
			if !old[i].dead.has(doc) {
				kill(parts, p.listings[doc])
			}
		})
	}
	ix.joining.from, ix.joining.till = 0, 0
	ix.now.Store(&snapshot{parts})
	ix.tidy()
}

// merge makes one segment of all that parts show.
func merge(parts []part, tree *catalog.Tree) *segment {
	var live []*discovery.Listing
	for _, p := range parts {
		for doc, l := range p.listings {
			if !p.dead.has(uint32(doc)) {
				live = append(live, l)
			}
		}
	}
	return freeze(live, tree)
}
