package memindex

import "corner/discovery"

// merge makes one segment of all that parts show.
func merge(parts []part) *segment {
	var live []*discovery.Listing
	for _, p := range parts {
		for doc, l := range p.listings {
			if !p.dead.has(uint32(doc)) {
				live = append(live, l)
			}
		}
	}
	return freeze(live)
}
