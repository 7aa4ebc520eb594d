package catalog

import (
	"cmp"
	"slices"

	"corner/geo"
	"corner/identity"
)

// Neighbour is a nearby place, with what it takes to tell duplicates apart.
type Neighbour struct {
	ID       PlaceID
	Merchant identity.MerchantID // "" for an imported listing that nobody has claimed
	Names    Names
	Branch   string
	Category string
	Phone    string // E.164
	Address  string
	Point    geo.Point
	Accuracy geo.Metres
	State    State
}

// Bounds of looking around. Two pins of one shop are as far apart as both are off;
// of those that are off by more than reachMost nothing can be said.
const (
	reach     geo.Metres = 150
	reachMost geo.Metres = 500
	MaxNear              = 1000 // neighbours looked at, the nearest
	maxShown             = 10   // candidates told
)

// Vicinity is the area in which a duplicate of a place at the spot could be: 150 m around
// it, and up to 500 m if the spot was measured badly.
func Vicinity(spot Location) geo.Area {
	return geo.Cover(spot.Point, min(reach+spot.Accuracy, reachMost))
}

// Candidate is a place of which another one may be a duplicate.
type Candidate struct {
	Neighbour
	Distance   geo.Metres
	SamePhone  bool
	Similarity float64 // 0 to 1; see Similarity
}

// Lookalikes is the Data of ErrDuplicate: the places that the new one may be, the most
// similar first, and the merchant of the new one.
type Lookalikes struct {
	Candidates []Candidate
	Merchant   identity.MerchantID
}

// which says which neighbours count.
type which func(p *Place, n *Neighbour) bool

func onlyPublished(_ *Place, n *Neighbour) bool { return n.State == Published }

// seenBy counts those that the actor may see: of the merchant's own drafts, those of no other branch.
func seenBy(actor identity.Actor) which {
	return func(p *Place, n *Neighbour) bool {
		return n.State == Published || actor.May(identity.ReadPlaces, p.Merchant, n.ID)
	}
}

// apart is ErrDuplicate, with the candidates, if p looks like a neighbour that it
// does not name in NotDuplicateOf.
func (p *Place) apart(tree *Tree, around Around, counts which) error {
	if !p.Location.Known() || p.Names == (Names{}) {
		return nil
	}
	near, err := around.Near(p.Location, p.Merchant)
	if err != nil {
		return err
	}
	near = slices.DeleteFunc(near, func(n Neighbour) bool {
		return n.ID == p.ID || !counts(p, &n) || slices.Contains(p.NotDuplicateOf, n.ID)
	})
	if found := p.duplicates(tree, near); len(found) > 0 {
		return ErrDuplicate.WithData(Lookalikes{found, p.Merchant})
	}
	return nil
}

// duplicates is those of near that p looks like, the likest first.
func (p *Place) duplicates(tree *Tree, near []Neighbour) []Candidate {
	own := p.asNeighbour()
	mine := profileOf(&own)
	var found []Candidate
	for _, n := range near {
		c := Candidate{Neighbour: n, Distance: geo.Distance(p.Location.Point, n.Point), SamePhone: n.Phone != "" && n.Phone == p.Phone}
		theirs := profileOf(&n)
		if c.Similarity = similarity(tree, &mine, &theirs, c.Distance); c.Similarity >= DuplicateFrom {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(a.Distance, b.Distance))
	})
	return found[:min(len(found), maxShown)]
}

func (p *Place) asNeighbour() Neighbour {
	return Neighbour{
		ID: p.ID, Merchant: p.Merchant, Names: p.Names, Branch: p.Branch, Category: p.Category, Phone: p.Phone, Address: p.Address,
		Point: p.Location.Point, Accuracy: p.Location.Accuracy, State: p.State,
	}
}

// looksOtherThan reports whether p must be compared with its neighbours again.
func (p *Place) looksOtherThan(before *Place) bool {
	return p.Names != before.Names || p.Branch != before.Branch || p.Location.Point != before.Location.Point ||
		p.Phone != before.Phone && p.Phone != ""
}
