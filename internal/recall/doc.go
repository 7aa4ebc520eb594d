// Package recall measures whether search finds what people ask for: real places under their
// other names. It builds one world of listings from the shared test data and sets of
// questions about them (Read), asks them through a discovery.Finder from 500 m beside the
// place that is wanted, and counts how often it is among the first ten (Measure, Print).
//
//	world, err := recall.Read(folder)
//	results, err := world.Measure(ctx, finder, 1)
//	err = recall.Print(os.Stdout, results, 3)
//
// Laws:
//   - A place of the very same name counts as found: who looks for a chain wants one of it.
//   - The same data give the same questions; what is random is seeded.
package recall
