package walltime

import (
	"errors"
	"strings"
	"sync"
	"time"
)

// ErrNoZone says that a name is not that of a time zone.
var ErrNoZone = errors.New("walltime: no such time zone")

// loaded holds the zones asked for so far, for loading one reads and parses its rules.
// There are some 600 names, and no other gets in.
var loaded sync.Map // name → *time.Location

// Zone is the time zone of an IANA name, "Asia/Shanghai". "" and "Local" are Go's, not
// IANA's, and depend on the machine: they are ErrNoZone.
func Zone(name string) (*time.Location, error) {
	if known, ok := loaded.Load(name); ok {
		loc, _ := known.(*time.Location)
		return loc, nil
	}
	if name == "" || name == "Local" {
		return nil, ErrNoZone
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, ErrNoZone // its words hold the name, which may be anybody's input
	}
	loaded.Store(strings.Clone(name), loc) // it may be a part of something large
	return loc, nil
}
