package walltime

import "time"

// MinutesPerDay is how many wall minutes a day has, also one on which clocks change.
const MinutesPerDay = 24 * 60

// Wall is a time as a clock on the wall shows it, without a zone: the minutes since
// 1970-01-01 00:00.
type Wall int64

// Day is the day of w.
func (w Wall) Day() Day { return Day(floorDiv(int64(w), MinutesPerDay)) }

// Minute is the minute of w's day, 0 to 1439.
func (w Wall) Minute() int { return int(floorMod(int64(w), MinutesPerDay)) }

// String is w as 2006-01-02T15:04.
func (w Wall) String() string { return time.Unix(int64(w)*60, 0).UTC().Format("2006-01-02T15:04") }
