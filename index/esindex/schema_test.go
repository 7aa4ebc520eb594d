package esindex_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"corner/catalog"
	"corner/geo"
	"corner/index/esindex"
	"corner/reviews"
)

// shapes are the digests of what each schema number stands for. A released number keeps
// its digest for ever: an index in use carries the number, and is taken for what it says.
var shapes = map[int]string{
	2: "7fde548a17a1939a1aeadd2f084a427bd8a5d0b9c81682da7aa81ba2c8b7c96f",
	3: "da9c2716cab6287e280638892ee37755db5f6fcac9f4a33806b2f8fc027c6182",
	4: "598286c8ad963f8201909ae7c724dfa0de139e295d349638f5bd75dd88ef77b4",
}

// TestSchema holds that neither the mapping nor a document changes without a new schema
// number. Without one, a new program would go on with an index that lacks what it asks for.
func TestSchema(t *testing.T) {
	t.Parallel()
	hidden, bare := whole, whole
	hidden.Live = false
	bare.Rating, bare.Services, bare.Hours, bare.Attributes = reviews.Rating{}, nil, catalog.Hours{}, nil
	bare.Hours.Closure = catalog.Closure{From: 20_000, Until: catalog.Never}
	bare.Point = geo.Point{Lat: -33.45, Lng: -70.66} // west of Greenwich, where boxes may cross 180°
	rated := bare
	rated.Rating = reviews.Rating{Sum: 480, N: 100}
	shape := esindex.Shape(&whole, &hidden, &bare, &rated)
	sum := sha256.Sum256(shape)
	if got, want := hex.EncodeToString(sum[:]), shapes[esindex.Schema]; got != want {
		t.Errorf("schema %d has the digest %s, want %s: if the change is meant, raise schema in mapping.go and add a line to shapes\n%s",
			esindex.Schema, got, want, shape)
	}
}
