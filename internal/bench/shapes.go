package bench

import (
	"context"
	"time"

	"corner/discovery"
	"corner/geo"
)

// shape is one kind of question.
type shape struct {
	name string
	ask  func(ctx context.Context, ix discovery.Index, q *Query) (found int, err error)
}

// noon is when places are asked to be open: a Monday, 12:00 in Shanghai.
var noon = time.Date(2026, 5, 4, 4, 0, 0, 0, time.UTC)

// shapes are what is timed; the first three are what the other engines are asked.
var shapes = []shape{
	search("nearest 20 in 2 km", func(q *Query) discovery.Query { return near(q, 2_000) }),
	search("2 km + category", func(q *Query) discovery.Query {
		d := near(q, 2_000)
		d.Category = q.Category
		return d
	}),
	search("5 km + two characters", func(q *Query) discovery.Query { return typed(q, q.Text, discovery.ByDistance) }),
	search("… best match first", func(q *Query) discovery.Query { return typed(q, q.Text, discovery.ByRelevance) }),
	search("5 km + pinyin, best match", func(q *Query) discovery.Query { return typed(q, q.Pinyin, discovery.ByRelevance) }),
	search("suggest: one character", func(q *Query) discovery.Query {
		return typed(q, string([]rune(q.Text)[:1]), discovery.ByRelevance)
	}),
	search("suggest: three letters", func(q *Query) discovery.Query { return typed(q, q.Start, discovery.ByRelevance) }),
	{"suggestions of all sorts", func(ctx context.Context, ix discovery.Index, q *Query) (int, error) {
		f := discovery.Finder{Index: ix, Now: time.Now}
		s, err := f.Suggest(ctx, discovery.SuggestRequest{Text: q.Start, Center: q.Center})
		return len(s.Places) + len(s.Services) + len(s.Categories) + len(s.Brands), err
	}},
	search("open now in 2 km", func(q *Query) discovery.Query {
		d := near(q, 2_000)
		d.Filter.OpenFrom = noon
		return d
	}),
	search("best match in 2 km", func(q *Query) discovery.Query { return sorted(q, discovery.ByRelevance) }),
	search("best rated in 2 km", func(q *Query) discovery.Query { return sorted(q, discovery.ByRating) }),
	search("2 km, with facets", func(q *Query) discovery.Query {
		d := near(q, 2_000)
		d.Facets = true
		return d
	}),
	search("map of a quarter, 20", func(q *Query) discovery.Query {
		d := near(q, 0)
		d.Box = new(around(q.Center, 0.02))
		return d
	}),
	clusters("map of a city, clusters", 0.25, 7),
	clusters("map of 20 cities, clusters", 12, 4),
}

// near is the nearest 20.
func near(q *Query, radius geo.Metres) discovery.Query {
	return discovery.Query{Center: q.Center, Radius: radius, Sort: discovery.ByDistance, Limit: discovery.DefaultLimit}
}

func sorted(q *Query, by discovery.Sort) discovery.Query {
	d := near(q, 2_000)
	d.Sort = by
	return d
}

// typed is what a text finds within 5 km.
func typed(q *Query, text string, by discovery.Sort) discovery.Query {
	d := near(q, 5_000)
	d.Text, d.Sort = discovery.ParseText(text, nil), by
	return d
}

// around is the box of so many degrees to each side of a point.
func around(p geo.Point, degrees float64) geo.Box {
	return geo.Box{South: p.Lat - degrees, West: p.Lng - degrees, North: p.Lat + degrees, East: p.Lng + degrees}
}

func search(name string, query func(*Query) discovery.Query) shape {
	return shape{name, func(ctx context.Context, ix discovery.Index, q *Query) (int, error) {
		page, err := ix.Search(ctx, query(q))
		return len(page.Hits), err
	}}
}

func clusters(name string, degrees float64, res int) shape {
	return shape{name, func(ctx context.Context, ix discovery.Index, q *Query) (int, error) {
		list, err := ix.Clusters(
			ctx,
			discovery.MapQuery{Box: around(q.Center, degrees), Center: q.Center, Res: res, Limit: discovery.MaxClusters},
		)
		return len(list), err
	}}
}
