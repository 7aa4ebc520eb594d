package town

import "time"

// Counts is what a life amounts to.
type Counts struct {
	Reviews, Upcoming      int
	OfOnePlace, OfOneOwner int // at most
	Late                   int // reviews after the present, or visits before they are booked
	Mute                   int // reviews without words
	Texts                  int // that differ
	Places                 int // that are visited
	Stars                  [6]int
}

// Life counts the life of the town up to and beyond now.
func (t *Town) Life(now time.Time) (Counts, error) {
	visits, err := t.life(now)
	c := Counts{}
	places, owners, texts := map[int]int{}, map[int]int{}, map[string]bool{}
	for _, v := range visits {
		places[v.listing]++
		owners[t.shops[v.listing].owner]++
		c.OfOnePlace, c.OfOneOwner = max(c.OfOnePlace, places[v.listing]), max(c.OfOneOwner, owners[t.shops[v.listing].owner])
		if v.start.Before(v.booked) {
			c.Late++
		}
		if !v.comes {
			c.Upcoming++
			continue
		}
		c.Reviews++
		c.Stars[v.stars]++
		texts[v.text] = true
		if v.wrote.After(now) || v.shown.Before(v.start) || v.wrote.Before(v.shown) {
			c.Late++
		}
		if v.text == "" {
			c.Mute++
		}
	}
	c.Texts, c.Places = len(texts), len(places)
	return c, err
}
