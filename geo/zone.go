package geo

import (
	"errors"
	"fmt"
	"sync"

	"github.com/ringsaturn/tzf"
)

// ErrNoZone says that the zone data knows no zone for a point.
var ErrNoZone = errors.New("geo: no time zone here")

// zoneFinder loads tzf's data, about 30 MB and half a second, once: when [LoadZones] or
// [Zone] is first called.
var zoneFinder = sync.OnceValues(func() (tzf.F, error) {
	finder, err := tzf.NewDefaultFinder()
	if err != nil {
		return nil, fmt.Errorf("geo: loading the zone data: %w", err)
	}
	return finder, nil
})

// LoadZones loads the map of time zones. A server calls it when it starts, so that no
// request waits for it; whoever asks [Zone] meanwhile waits until it is there.
func LoadZones() error {
	_, err := zoneFinder()
	return err
}

// Zone is the IANA name of the time zone p lies in, such as "Asia/Shanghai"; at sea one
// of the form "Etc/GMT-8". The borders are simplified and err by some tens of metres.
// The error is a *[PointError], [ErrNoZone], or that of loading the data.
func Zone(p Point) (string, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	finder, err := zoneFinder()
	if err != nil {
		return "", err
	}
	name := finder.GetTimezoneName(p.Lng, p.Lat)
	if name == "" {
		return "", ErrNoZone
	}
	return name, nil
}
