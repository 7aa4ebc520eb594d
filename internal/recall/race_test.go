//go:build race

package recall_test

// every says that only every nth question is asked: the detector makes all of them cost
// minutes, and it looks for races, not for places.
const every = 20
