//go:build race

package cornertest

const raceEnabled = true
