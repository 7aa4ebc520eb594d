package memindex

import (
	"context"
	"fmt"
	"testing"

	"corner/discovery"
	"corner/internal/bench"
)

func TestCounts(t *testing.T) {
	w := bench.NewWorld(1000000, 300)
	ix := New()
	ix.Rebuild(context.Background(), func(put func([]discovery.Listing) error) error { return put(w.Listings) })
	p := ix.now.Load().parts[0]
	s := new(search)
	var nodes, leaves int
	pops, waits := 0, 0
	for i := range w.Queries {
		q := discovery.Query{Center: w.Queries[i].Center, Radius: 2000, Sort: discovery.ByDistance, Limit: 20}
		s.begin(&q)
		s.on = p.segment
		s.filter.look(p)
		s.queue = s.queue[:0]
		tr := &p.tree
		s.wait(tr, len(tr.levels)-1, 0)
		for len(s.queue) > 0 {
			n := s.pop()
			pops++
			if s.beyond(n.near2) {
				break
			}
			if n.level == 0 {
				leaves++
				for doc := n.index * leafDocs; doc < min((n.index+1)*leafDocs, uint32(s.on.len())); doc++ {
					s.try(doc, 0)
				}
				continue
			}
			nodes++
			below := tr.levels[n.level-1]
			for child := n.index * fanOut; child < min((n.index+1)*fanOut, uint32(len(below))); child++ {
				waits++
				s.wait(tr, int(n.level)-1, child)
			}
		}
	}
	n := len(w.Queries)
	fmt.Println("nodes", nodes/n, "leaves", leaves/n, "waits", waits/n, "pops", pops/n)
}

func BenchmarkNear(b *testing.B) {
	w := bench.NewWorld(1000000, 1000)
	ix := New()
	ix.Rebuild(context.Background(), func(put func([]discovery.Listing) error) error { return put(w.Listings) })
	for _, r := range []struct {
		name string
		f    func(i int) discovery.Query
	}{
		{"near", func(i int) discovery.Query {
			return discovery.Query{Center: w.Queries[i].Center, Radius: 2000, Sort: discovery.ByDistance, Limit: 20}
		}},
		{"text", func(i int) discovery.Query {
			return discovery.Query{Center: w.Queries[i].Center, Radius: 5000, Sort: discovery.ByDistance, Limit: 20, Text: discovery.ParseText(w.Queries[i].Text)}
		}},
		{"suggest", func(i int) discovery.Query {
			return discovery.Query{Center: w.Queries[i].Center, Radius: 5000, Sort: discovery.ByRelevance, Limit: 20, Text: discovery.ParseText(w.Queries[i].Start)}
		}},
		{"pinyin", func(i int) discovery.Query {
			return discovery.Query{Center: w.Queries[i].Center, Radius: 5000, Sort: discovery.ByRelevance, Limit: 20, Text: discovery.ParseText(w.Queries[i].Pinyin)}
		}},
		{"cat", func(i int) discovery.Query {
			return discovery.Query{Center: w.Queries[i].Center, Radius: 2000, Sort: discovery.ByDistance, Limit: 20, Category: w.Queries[i].Category}
		}},
	} {
		b.Run(r.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				ix.Search(context.Background(), r.f(i%1000))
				i++
			}
		})
	}
}
