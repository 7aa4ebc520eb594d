package memindex

// merge makes one segment of all that parts show.
func merge(parts []part) *segment {
	var live []located
	for _, p := range parts {
		before := len(live)
		for c, cell := range p.cells {
			for doc := p.start[c]; doc < p.start[c+1]; doc++ {
				if !p.dead.has(doc) {
					live = append(live, located{p.listings[doc], cell})
				}
			}
		}
		if before > 0 {
			live = merged(live[:before], live[before:])
		}
	}
	return freezeSorted(live)
}
