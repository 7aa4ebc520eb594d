package memindex

// Settle waits until no merge goes on.
func (ix *Index) Settle() { _ = ix.Close() }

// Parts is how many segments there are.
func (ix *Index) Parts() int { return len(ix.now.Load().parts) }

// NoCategory is the number of an unknown category; those of known ones are smaller.
const NoCategory = noCategory
