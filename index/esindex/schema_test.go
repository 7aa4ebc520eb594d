package esindex_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"corner/index/esindex"
)

// shapes are the digests of what each schema number stands for. A released number keeps
// its digest for ever: an index in use carries the number, and is taken for what it says.
var shapes = map[int]string{
	2: "0062296c8bade6188292ea978d46c3681819cbec66eeb68439f2b90cbef061e3",
}

// TestSchema holds that neither the mapping nor a document changes without a new schema
// number. Without one, a new program would go on with an index that lacks what it asks for.
func TestSchema(t *testing.T) {
	t.Parallel()
	shape := esindex.Shape(&whole)
	sum := sha256.Sum256(shape)
	if got, want := hex.EncodeToString(sum[:]), shapes[esindex.Schema]; got != want {
		t.Errorf("schema %d has the digest %s, want %s: if the change is meant, raise schema in mapping.go and add a line to shapes\n%s",
			esindex.Schema, got, want, shape)
	}
}
