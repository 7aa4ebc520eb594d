package walltime_test

import (
	"errors"
	"testing"

	"corner/walltime"
)

func TestZone(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Asia/Shanghai", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT-8"} {
		first, err := walltime.Zone(name)
		if err != nil || first.String() != name {
			t.Errorf("Zone(%q) = %v, %v", name, first, err)
		}
		if again, err := walltime.Zone(name); again != first || err != nil {
			t.Errorf("Zone(%q) again is another: %v, %v", name, again, err)
		}
	}
	for _, name := range []string{"", "Local", "Nowhere/Town", "../etc/passwd", "/etc/localtime", "asia\x00"} {
		if loc, err := walltime.Zone(name); !errors.Is(err, walltime.ErrNoZone) {
			t.Errorf("Zone(%q) = %v, %v; want ErrNoZone", name, loc, err)
		}
	}
}
