package walltime

import "time"

// ParseDay reads what Day.String wrote, "2026-12-25". Years are 0001 to 9999.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, err
	}
	return DayOf(t.Date()), nil
}
