//go:build !race

package cornertest

const raceEnabled = false
