package walltime

import (
	"math"
	"time"
)

// widest is more than any two offsets of one zone ever differed, in seconds: 24 hours,
// where a place changed sides of the date line.
const widest = 26 * 60 * 60

// InstantOf is [Instant] for a date and a minute of its day, which may be 1440 and
// more.
func InstantOf(loc *time.Location, year int, month time.Month, day, minuteOfDay int) time.Time {
	return Instant(loc, DayOf(year, month, day).At(minuteOfDay))
}

// Instant is the first instant, in UTC, at which the clocks of loc show w or later.
//
// time.Date is no help: it "does not guarantee which" of two it returns.
func Instant(loc *time.Location, w Wall) time.Time {
	local := int64(w) * 60 // what the clock shows, taken for seconds of UTC
	// No period of the zone that ended before can have shown w.
	for at := local - widest; ; {
		_, end, offset := period(loc, at)
		if end == math.MaxInt64 || end+offset > local {
			// Seconds after the period's begin at its offset, or, in a gap, that begin.
			return time.Unix(max(local-offset, at), 0).UTC()
		}
		at = end
	}
}

// WallAt is the greatest wall time w with Instant(loc, w) <= t, to the minute.
func WallAt(loc *time.Location, t time.Time) Wall {
	now := t.Unix()
	start, _, offset := period(loc, now)
	wall := floorDiv(now+offset, 60)
	// An earlier period may have got further before its clock was set back: to the
	// last minute that began in it.
	for start > now-widest {
		end := start
		start, _, offset = period(loc, end-1)
		wall = max(wall, floorDiv(end+offset-1, 60))
	}
	return Wall(wall)
}

// period is the stretch of time around the Unix second at in which loc keeps one offset
// (seconds east of UTC): from start, included, to end; the ends of time are the
// least and the greatest int64.
func period(loc *time.Location, at int64) (start, end, offset int64) {
	t := time.Unix(at, 0).In(loc)
	_, seconds := t.Zone()
	from, to := t.ZoneBounds()
	start, end = math.MinInt64, math.MaxInt64
	if !from.IsZero() {
		start = from.Unix()
	}
	if !to.IsZero() {
		end = to.Unix()
	}
	return start, end, int64(seconds)
}

// NextShown is the first instant, not before t, at which the clocks of loc show w or a wall time that
// is a whole number of steps, of so many minutes each, from it. A wall time in an overlap is shown
// twice, and one in a gap never: unlike Instant, it goes by what the clock shows.
func NextShown(loc *time.Location, t time.Time, w Wall, step int) time.Time {
	at := t.Unix()
	if t.Nanosecond() > 0 {
		at++
	}
	every := int64(step) * 60
	for {
		_, end, offset := period(loc, at)
		wait := floorMod(int64(w)*60-(at+offset), every)
		if end == math.MaxInt64 || at+wait < end {
			return time.Unix(at+wait, 0).UTC()
		}
		at = end
	}
}
