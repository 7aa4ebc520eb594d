// Package bench times search: a world of places made by the program, the questions people
// ask of it, and a table of how long the answers take.
//
//	w := bench.NewWorld(1_000_000, 2_000)
//	bench.Engine(ctx, os.Stdout, memindex.New(), w)
//
// The world is that of the comparison with PostGIS, Redis and Elasticsearch that stands in
// docs/benchmarks.md: 20 dense cities, the same names, the same points, the same questions,
// from the same seeds; so figures of one sitting can be compared. A World is for whoever wants to ask
// the same over another way, as HTTP.
package bench
