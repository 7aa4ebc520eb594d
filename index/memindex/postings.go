package memindex

import "encoding/binary"

// A posting list is how many docs a term has and which, ascending, as varints of the
// differences: about 1.2 bytes each, for most terms are common somewhere. One of more
// than blockDocs stands in blocks: first a table, for each block its first doc and where its
// other docs begin, so that a search goes to the blocks of its spans and leaves out the rest.
const blockDocs = 128

// blockRow is the size of a block's row in the table: two uint32.
const blockRow = 8

// list is postings to write. Its table is kept apart: that is written to so rarely that
// beside the rest it would only take room in the processor's cache.
type list struct {
	n, last uint32
	data    []byte // the differences, those of the blocks' first docs left out
}

// add adds a doc that is greater than the last.
func (l *list) add(doc uint32, table *[]byte) {
	if l.n%blockDocs == 0 {
		*table = binary.LittleEndian.AppendUint32(*table, doc)
		*table = binary.LittleEndian.AppendUint32(*table, uint32(len(l.data)))
	} else if d := doc - l.last; d < 0x80 {
		l.data = append(l.data, byte(d))
	} else {
		l.data = binary.AppendUvarint(l.data, uint64(d))
	}
	l.n, l.last = l.n+1, doc
}

// size is not less than what append appends.
func (l *list) size(table []byte) int { return 2*binary.MaxVarintLen32 + len(table) + len(l.data) }

// append appends the list as readPostings reads it.
func (l *list) append(b, table []byte) []byte {
	b = binary.AppendUvarint(b, uint64(l.n))
	if l.n > blockDocs {
		return append(append(b, table...), l.data...)
	}
	if l.n > 0 {
		b = binary.AppendUvarint(b, uint64(binary.LittleEndian.Uint32(table)))
	}
	return append(b, l.data...)
}

// postings is a list to read.
type postings struct {
	n     int
	table []byte // nil for a list of one block
	data  []byte
}

func readPostings(b []byte) postings {
	n, size := binary.Uvarint(b)
	p := postings{n: int(n), data: b[size:]}
	if p.n > blockDocs {
		rows := (p.n + blockDocs - 1) / blockDocs
		p.table, p.data = p.data[:rows*blockRow], p.data[rows*blockRow:]
	}
	return p
}

func (p *postings) first(block int) uint32 {
	return binary.LittleEndian.Uint32(p.table[block*blockRow:])
}

func (p *postings) block(block int) []byte {
	return p.data[binary.LittleEndian.Uint32(p.table[block*blockRow+4:]):]
}

// within appends the docs that are in the spans, which ascend.
func (p *postings) within(spans []span, docs []uint32) []uint32 {
	if len(spans) == 0 || p.n == 0 {
		return docs
	}
	if p.table == nil {
		docs, _ = take(docs, p.data, 0, p.n, spans)
		return docs
	}
	blocks := len(p.table) / blockRow
	for at := 0; at < blocks; at++ {
		at = p.seek(at, spans[0].begin)
		first, n := p.first(at), blockDocs
		if at == blocks-1 {
			n = p.n - at*blockDocs
		}
		for first >= spans[0].end {
			if spans = spans[1:]; len(spans) == 0 {
				return docs
			}
		}
		if first >= spans[0].begin {
			docs = append(docs, first)
		}
		if docs, spans = take(docs, p.block(at), first, n-1, spans); len(spans) == 0 {
			return docs
		}
	}
	return docs
}

// seek is the last block from at on that begins at doc or before; at itself if it begins later.
func (p *postings) seek(at int, doc uint32) int {
	blocks := len(p.table) / blockRow
	lo, step := at, 1
	for lo+step < blocks && p.first(lo+step) <= doc { // near the beginning first
		lo += step
		step *= 2
	}
	hi := min(lo+step, blocks)
	for lo+1 < hi { // first(lo) <= doc or lo == at; first(hi) > doc or there is none
		if mid := int(uint(lo+hi) >> 1); p.first(mid) <= doc {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// take reads n differences and appends the docs that are in the spans; left are the spans that
// are not behind the last one read.
func take(docs []uint32, b []byte, doc uint32, n int, spans []span) (_ []uint32, left []span) {
	now, at := spans[0], 0
	for ; n > 0; n-- {
		d := uint32(b[at])
		at++
		if d >= 0x80 {
			d &= 0x7f
			for shift := 7; ; shift += 7 {
				more := uint32(b[at])
				at++
				d |= more & 0x7f << shift
				if more < 0x80 {
					break
				}
			}
		}
		if doc += d; doc < now.begin {
			continue
		}
		for doc >= now.end {
			if spans = spans[1:]; len(spans) == 0 {
				return docs, nil
			}
			now = spans[0]
		}
		if doc >= now.begin {
			docs = append(docs, doc)
		}
	}
	return docs, spans
}
