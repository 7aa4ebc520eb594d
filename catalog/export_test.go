package catalog

import (
	"time"

	"corner/fault"
)

// Locate is Spot.locate, which is met through a draft otherwise.
func Locate(s Spot, now time.Time) (Location, error) {
	var in fault.Input
	l, _ := s.locate(&in, now)
	return l, in.Err()
}
