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
	c := collector{begin: make([]uint32, 1, len(sorted)+1)}
	for _, l := range sorted {
		discovery.Origins(l.Listing, c.add)
		c.begin = append(c.begin, uint32(len(c.given)))
	}
	var d dictionary
	d.setTerms(c.analyse())
	c.numbers, c.origins = [4]map[string]uint32{}, nil
	c.write(&d)
	return d
}

type collector struct {
	numbers [4]map[string]uint32 // by discovery.OriginKind: half a struct's time to hash
	origins []discovery.Origin
	begin   []uint32   // of each doc's origins in given
	given   []uint32   // numbers of origins
	termsOf [][]uint32 // of each origin, the numbers of its terms
}

func (c *collector) add(s discovery.Origin) {
	numbers := c.numbers[s.What]
	if numbers == nil {
		numbers = map[string]uint32{}
		c.numbers[s.What] = numbers
	}
	n, ok := numbers[s.Text]
	if !ok {
		n = uint32(len(c.origins))
		numbers[s.Text] = n
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

// manyDocs are worth writing the postings on all processors.
const manyDocs = 10_000

// write puts the postings, each shard on a processor of its own.
func (c *collector) write(d *dictionary) {
	d.at = make([]uint32, len(d.starts)-1)
	shards := 1
	if len(c.begin) > manyDocs {
		shards = min(8, runtime.GOMAXPROCS(0))
	}
	d.shards = make([][]byte, shards)
	var wg sync.WaitGroup
	for shard := range shards {
		wg.Go(func() { d.shards[shard] = c.shard(d.at, uint32(shard), uint32(shards)) })
	}
	wg.Wait()
}

// shard is the postings of every shards-th term, and notes where each begins. It goes through the
// docs once: a term met in a doc is one byte at the end of its list, as a rule.
func (c *collector) shard(at []uint32, shard, shards uint32) []byte {
	own := c.termsIn(shard, shards)
	lists := make([]list, (len(at)-int(shard)+int(shards)-1)/int(shards))
	for doc := range uint32(len(c.begin) - 1) {
		for _, origin := range c.given[c.begin[doc]:c.begin[doc+1]] {
			for _, term := range own[origin] {
				if l := &lists[term]; l.n == 0 || l.last != doc { // another origin may have had it
					l.add(doc)
				}
			}
		}
	}
	size := 0
	for i := range lists {
		size += lists[i].size()
	}
	b := make([]byte, 0, size)
	for i := range lists {
		at[uint32(i)*shards+shard] = uint32(len(b))
		b = lists[i].append(b)
		lists[i] = list{}
	}
	return b
}

// termsIn is, of each origin, the terms of a shard, as places among those.
func (c *collector) termsIn(shard, shards uint32) [][]uint32 {
	if shards == 1 {
		return c.termsOf
	}
	own, all := make([][]uint32, len(c.termsOf)), 0
	for _, numbers := range c.termsOf {
		all += len(numbers)
	}
	room := make([]uint32, 0, all)
	for i, numbers := range c.termsOf {
		from := len(room)
		for _, n := range numbers {
			if n%shards == shard {
				room = append(room, n/shards)
			}
		}
		own[i] = room[from:]
	}
	return own
}
