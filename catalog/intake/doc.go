// Package intake takes over places from files: it reads CSV and GeoJSON as listings that
// the catalogue can import, and imports them in batches.
//
//	source, err := intake.Open("shops.csv", file, intake.Options{Columns: "name=title,lat=y,lng=x"})
//	importer := intake.Importer{Catalog: c, Marks: store}
//	summary, err := importer.Run(ctx, source, intake.Run{File: "shops.csv", Rejects: "shops.csv.rejects.csv"})
//
// Words: Reader: gives one listing after the other. Row: where in the file one was found.
// Columns: which column of a table holds what. Preset: columns for a table that is known
// by its header. Mark: how far the import of a file has come.
//
// Laws:
//   - One row is in memory at a time, and one batch of listings.
//   - A row gives a listing or a stated reason, and never stops the rows after it: not
//     even a quotation mark or a bracket that is opened and never closed.
//   - What is secondary never costs a row: a phone number that cannot be dialled from
//     abroad is left out, a name that is too long is cut, a category nobody knows is
//     "other", hours that are not understood are unknown, and counted. What a place cannot
//     do without is a name and a position.
//   - A row is known again by its source id, so importing twice changes nothing. Of two
//     rows with one id the first counts.
//   - An import that was broken off goes on behind the last batch it stored, if the file
//     is the same still, and ends as if nothing had happened.
package intake
