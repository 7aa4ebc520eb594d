package memindex

// Settle waits until no merge goes on.
func (ix *Index) Settle() { _ = ix.Close() }

// Parts is how many segments there are.
func (ix *Index) Parts() int { return len(ix.now.Load().parts) }
