// Package osm reads places out of an extract of OpenStreetMap, a CSV file with one
// place a row, as listings that the catalogue can import:
//
//	r, err := osm.NewReader(file)
//	for {
//		listing, row, err := r.Next()
//		var bad *osm.RowError
//		switch {
//		case errors.Is(err, io.EOF):
//			return
//		case errors.As(err, &bad): // line and reason; reading goes on
//		case err != nil:
//			return err
//		}
//	}
//
// Laws:
//   - One row is in memory at a time.
//   - A row gives a listing or a stated reason, and never stops the rows after it: not
//     even a quotation mark that is opened and never closed.
//   - What is secondary never costs a row: a phone number that cannot be dialled from
//     abroad is left out, a name that is too long is cut, a category nobody knows is
//     "other". What a place cannot do without is its id, a name and a position.
//
// Opening hours are not read: nobody has told.
package osm
