package town

import (
	"slices"

	"corner/catalog"
	"corner/money"
)

// dish is one line of a long menu; its price is in yuan.
type dish struct {
	zh, en string
	yuan   int
	note   string // what a waiter would say; "" for what needs no words
}

// course is a heading of a menu and what stands under it.
type course struct {
	heading string
	dishes  []dish
}

// carte puts a long menu, what a house of Suzhou's cuisine cooks over the year, behind what
// can be booked, in place of the few dishes there. A house that is nobody's branch leaves
// some out and has prices of its own.
func (b *builder) carte(l *catalog.Listing, branch bool) {
	l.Offers = slices.DeleteFunc(l.Offers, func(o catalog.Offer) bool { return !o.Bookable })
	dearer := 0
	if !branch {
		dearer = b.looks.IntN(7)
	}
	position := 0
	for _, c := range table().courses {
		for _, d := range c.dishes {
			position += 10
			if !branch && b.looks.IntN(100) < 4 {
				continue
			}
			l.Offers = append(l.Offers, catalog.Offer{
				Name: d.zh + " " + d.en, Description: d.note, Section: c.heading, Position: position,
				Price: money.Of(int64(d.yuan+d.yuan*dearer/20)*100, "CNY"),
			})
		}
	}
}
