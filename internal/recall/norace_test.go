//go:build !race

package recall_test

// every says that only every nth question is asked.
const every = 1
