package memindex

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"corner/discovery"
)

// collect makes the dictionary of listings in the order of their docs. What listings have in
// common, categories, the names of a chain, dishes, is analysed once.
func collect(sorted []located) dictionary {
	c := collector{numbers: map[discovery.Origin]uint32{}, begin: make([]uint32, 1, len(sorted)+1)}
	for _, l := range sorted {
		discovery.Origins(l.Listing, c.add)
		c.begin = append(c.begin, uint32(len(c.given)))
	}
	var d dictionary
	d.setTerms(c.analyse())
	c.numbers, c.origins = nil, nil
	c.write(&d)
	return d
}

type collector struct {
	numbers map[discovery.Origin]uint32
	origins []discovery.Origin
	begin   []uint32   // of each doc's origins in given
	given   []uint32   // numbers of origins
	termsOf [][]uint32 // of each origin, the numbers of its terms
}

func (c *collector) add(s discovery.Origin) {
	n, ok := c.numbers[s]
	if !ok {
		n = uint32(len(c.origins))
		c.numbers[s] = n
		c.origins = append(c.origins, s)
	}
	c.given = append(c.given, n)
}

// vocabulary is terms by the order in which they came.
type vocabulary struct {
	numbers map[string]uint32
	terms   []string
	final   []uint32 // the numbers in the order of all terms
}

// analyse finds the terms of all origins. It gives them in order, and leaves their numbers
// in termsOf.
func (c *collector) analyse() []string {
	c.termsOf = make([][]uint32, len(c.origins))
	var mu sync.Mutex
	var vocabularies []*vocabulary
	owner := make([]*vocabulary, 0, 2)
	bounds := []int{}
	parallel(len(c.origins), func(lo, hi int) {
		v := &vocabulary{numbers: map[string]uint32{}}
		for i := lo; i < hi; i++ {
			c.termsOf[i] = v.numbersOf(c.origins[i].Terms())
		}
		mu.Lock()
		defer mu.Unlock()
		vocabularies, owner, bounds = append(vocabularies, v), append(owner, v), append(bounds, lo, hi)
	})
	terms := unite(vocabularies)
	for i, v := range owner {
		for _, numbers := range c.termsOf[bounds[2*i]:bounds[2*i+1]] {
			for j, n := range numbers {
				numbers[j] = v.final[n]
			}
		}
	}
	return terms
}

func (v *vocabulary) numbersOf(terms []string) []uint32 {
	numbers := make([]uint32, len(terms))
	for i, t := range terms {
		n, ok := v.numbers[t]
		if !ok {
			n = uint32(len(v.terms))
			v.numbers[t] = n
			v.terms = append(v.terms, t)
		}
		numbers[i] = n
	}
	return numbers
}

// unite gives all terms in order, and each vocabulary the final numbers of its own.
func unite(vocabularies []*vocabulary) []string {
	type entry struct {
		term   string
		of     *vocabulary
		number uint32
	}
	var all []entry
	for _, v := range vocabularies {
		v.numbers = nil
		v.final = make([]uint32, len(v.terms))
		for n, t := range v.terms {
			all = append(all, entry{t, v, uint32(n)})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.term, b.term) })
	var terms []string
	for _, e := range all {
		if len(terms) == 0 || terms[len(terms)-1] != e.term {
			terms = append(terms, e.term)
		}
		e.of.final[e.number] = uint32(len(terms) - 1)
	}
	return terms
}

// manyDocs are worth writing the postings in shards, on all processors and with less at a time in
// memory.
const manyDocs = 10_000

// write puts the postings.
func (c *collector) write(d *dictionary) {
	terms := len(d.starts) - 1
	d.at = make([]uint32, terms)
	shards, workers := 1, 1
	if len(c.begin) > manyDocs {
		shards, workers = 8, min(8, runtime.GOMAXPROCS(0))
	}
	d.shards = make([][]byte, shards)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for shard := w; shard < shards; shard += workers {
				d.shards[shard] = c.shard(d.at, uint32(shard), uint32(shards))
			}
		})
	}
	wg.Wait()
}

// shard is the postings of every shards-th term, and notes where each begins.
func (c *collector) shard(at []uint32, shard, shards uint32) []byte {
	// Of each origin, the terms of this shard, as places among those.
	own := make([][]uint32, len(c.termsOf))
	var room []uint32
	for i, numbers := range c.termsOf {
		from := len(room)
		for _, n := range numbers {
			if n%shards == shard {
				room = append(room, n/shards)
			}
		}
		own[i] = room[from:len(room):len(room)]
	}
	size := (len(at) - int(shard) + int(shards) - 1) / int(shards)
	count, last := make([]uint32, size+1), make([]uint32, size)
	c.each(own, last, func(term, _ uint32) { count[term+1]++ })
	for i := range size {
		count[i+1] += count[i]
	}
	docs, next := make([]uint32, count[size]), slices.Clone(count[:size])
	clear(last)
	c.each(own, last, func(term, doc uint32) {
		docs[next[term]] = doc
		next[term]++
	})
	var b []byte
	for i := range size {
		at[uint32(i)*shards+shard] = uint32(len(b))
		b = appendPostings(b, docs[count[i]:count[i+1]])
	}
	return slices.Clip(slices.Clone(b))
}

// each calls yield for each doc and each of its terms, once, though several of its origins
// may have the term. last is zeros, one a term.
func (c *collector) each(own [][]uint32, last []uint32, yield func(term, doc uint32)) {
	for doc := range len(c.begin) - 1 {
		for _, origin := range c.given[c.begin[doc]:c.begin[doc+1]] {
			for _, term := range own[origin] {
				if last[term] != uint32(doc)+1 {
					last[term] = uint32(doc) + 1
					yield(term, uint32(doc))
				}
			}
		}
	}
}
