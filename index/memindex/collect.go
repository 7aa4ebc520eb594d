package memindex

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"corner/catalog"
	"corner/discovery"
)

// collector makes the dictionary of listings. What listings have in common, categories,
// the names of a chain, dishes, is analysed once; and terms that always come together, as
// all those of a name that only one place has, share one list of postings: a third of the
// lists is left, of the bytes, and of the time.
type collector struct {
	tree    *catalog.Tree
	numbers [4]map[string]uint32 // of origins, by discovery.OriginKind: quicker than one map with the kind in its key
	origins []discovery.Origin
	begin   []uint32   // of each listing's origins in given
	given   []uint32   // numbers of origins
	termsOf [][]uint32 // of each origin, the numbers of its terms; and then of its groups of terms
}

func newCollector(listings int, tree *catalog.Tree) *collector {
	c := &collector{tree: tree, begin: make([]uint32, 1, listings+1), given: make([]uint32, 0, 2*listings)}
	for i := range c.numbers {
		c.numbers[i] = map[string]uint32{}
	}
	return c
}

// add takes the next listing.
func (c *collector) add(l *discovery.Listing) {
	discovery.Origins(l, c.origin)
	c.begin = append(c.begin, uint32(len(c.given)))
}

func (c *collector) origin(o discovery.Origin) {
	n, ok := c.numbers[o.What][o.Text]
	if !ok {
		n = uint32(len(c.origins))
		c.numbers[o.What][o.Text] = n
		c.origins = append(c.origins, o)
	}
	c.given = append(c.given, n)
}

// dictionary ends the collector. numbers are those of the listings, in the order of docs.
func (c *collector) dictionary(numbers []uint32) dictionary {
	var d dictionary
	d.setTerms(c.analyse())
	c.numbers, c.origins = [4]map[string]uint32{}, nil
	groupOf, groups := c.group(d.len())
	var begin []uint32
	begin, d.lists = c.write(numbers, groups)
	for term, group := range groupOf {
		d.at[term] = begin[group]
	}
	return d
}

// vocabulary is terms by the order in which they came.
type vocabulary struct {
	numbers map[string]uint32
	terms   []string
	final   []uint32 // their numbers in the order of all terms
	of      [][]uint32
}

// analyse finds the terms of all origins. It gives them in order, and leaves their numbers
// in termsOf.
func (c *collector) analyse() []string {
	c.termsOf = make([][]uint32, len(c.origins))
	var mu sync.Mutex
	var vocabularies []*vocabulary
	parallel(len(c.origins), func(lo, hi int) {
		v := &vocabulary{numbers: map[string]uint32{}, of: c.termsOf[lo:hi]}
		for i, o := range c.origins[lo:hi] {
			v.of[i] = v.numbersOf(o.Terms(c.tree))
		}
		mu.Lock()
		defer mu.Unlock()
		vocabularies = append(vocabularies, v)
	})
	terms := unite(vocabularies)
	for _, v := range vocabularies {
		for _, numbers := range v.of {
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

// group finds the terms that just the same origins have, by a sum over the origins of 128
// random bits each: sums that are equal by chance are less likely than a broken machine. It
// gives the group of each term, and leaves those of each origin in termsOf.
func (c *collector) group(terms int) (groupOf []uint32, groups int) {
	type fingerprint [2]uint64
	prints := make([]fingerprint, terms)
	for origin, numbers := range c.termsOf {
		a, b := mix(uint64(2*origin+1)), mix(uint64(2*origin+2))
		for _, n := range numbers {
			prints[n][0] += a
			prints[n][1] += b
		}
	}
	known := map[fingerprint]uint32{}
	groupOf = make([]uint32, terms)
	for n, p := range prints {
		g, ok := known[p]
		if !ok {
			g = uint32(len(known))
			known[p] = g
		}
		groupOf[n] = g
	}
	for origin, numbers := range c.termsOf {
		for i, n := range numbers {
			numbers[i] = groupOf[n]
		}
		slices.Sort(numbers)
		c.termsOf[origin] = slices.Compact(numbers)
	}
	return groupOf, len(known)
}

// mix makes numbers look random (Steele, Lea, Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014).
func mix(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// write writes the lists of postings end to end, and gives where each group's begins. Each
// processor writes those of a share of the groups; more and smaller shares, for the
// cache's sake, cost more in going through the docs again than they gain.
func (c *collector) write(numbers []uint32, groups int) (begin []uint32, lists []byte) {
	begin = make([]uint32, groups)
	if len(numbers) <= manyListings {
		return begin, slices.Clone(c.shard(numbers, begin, 0, 1))
	}
	parts := make([][]byte, min(8, runtime.GOMAXPROCS(0)))
	var wg sync.WaitGroup
	for shard := range parts {
		wg.Go(func() { parts[shard] = c.shard(numbers, begin, uint32(shard), uint32(len(parts))) })
	}
	wg.Wait()
	from := make([]uint32, len(parts))
	for i := 1; i < len(parts); i++ {
		from[i] = from[i-1] + uint32(len(parts[i-1]))
	}
	for g := range begin {
		begin[g] += from[g%len(parts)]
	}
	return begin, slices.Concat(parts...)
}

// shard is the postings of every shards-th group, and notes where each begins. It goes through
// the docs once: a term met in a doc is one byte at the end of its list, as a rule.
func (c *collector) shard(listings, begin []uint32, shard, shards uint32) []byte {
	own := c.groupsIn(shard, shards)
	n := (len(begin) - int(shard) + int(shards) - 1) / int(shards)
	lists, tables := make([]list, n), make([][]byte, n)
	for doc, number := range listings {
		for _, origin := range c.given[c.begin[number]:c.begin[number+1]] {
			for _, group := range own[origin] {
				if l := &lists[group]; l.n == 0 || l.last != uint32(doc) { // another origin may have had it
					l.add(uint32(doc), &tables[group])
				}
			}
		}
	}
	size := 0
	for i := range lists {
		size += lists[i].size(tables[i])
	}
	b := make([]byte, 0, size)
	for i := range lists {
		begin[uint32(i)*shards+shard] = uint32(len(b))
		b = lists[i].append(b, tables[i])
		lists[i] = list{}
	}
	return b
}

// groupsIn is, of each origin, the groups of a shard, as places among those.
func (c *collector) groupsIn(shard, shards uint32) [][]uint32 {
	if shards == 1 {
		return c.termsOf
	}
	own, all := make([][]uint32, len(c.termsOf)), 0
	for _, groups := range c.termsOf {
		all += len(groups)
	}
	room := make([]uint32, 0, all)
	for i, groups := range c.termsOf {
		from := len(room)
		for _, g := range groups {
			if g%shards == shard {
				room = append(room, g/shards)
			}
		}
		own[i] = room[from:]
	}
	return own
}
