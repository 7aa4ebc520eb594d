package esindex_test

import (
	"testing"
	"time"

	"corner/discovery"
	"corner/discovery/discoverytest"
	"corner/index/esindex"
)

func TestIndex(t *testing.T) {
	t.Parallel()
	address := server(t)
	discoverytest.Index(t, func(t *testing.T) discovery.Index { return built(t, esindex.Options{}) }, discoverytest.Options{
		Visible: 2 * time.Second, // a second is the goal; the machine may be busy
		Missing: func(t *testing.T) discovery.Index {
			return open(t, address, esindex.Options{Alias: alias(t, address)})
		},
	})
}

func TestTruth(t *testing.T) {
	t.Parallel()
	discoverytest.Truth(t, built(t, esindex.Options{}))
}
