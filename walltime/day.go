package walltime

import "time"

// Day is a calendar day: the days since 1970-01-01 of the proleptic Gregorian calendar.
type Day int32

// DayOf is the day of a date. Like time.Date it takes values out of range: October 32
// is November 1.
func DayOf(year int, month time.Month, day int) Day {
	return Day(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), 24*60*60))
}

// Date is the day's date.
func (d Day) Date() (year int, month time.Month, day int) { return d.midnight().Date() }

// Weekday is the day's day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(floorMod(int64(d)+4, 7)) } // 1970-01-01 was a Thursday

// At is the wall time at a minute of the day. The minute may be 1440 and more, for
// the days after, or negative, for those before.
func (d Day) At(minute int) Wall { return Wall(int64(d)*MinutesPerDay + int64(minute)) }

// String is the day as 2006-01-02.
func (d Day) String() string { return d.midnight().Format(time.DateOnly) }

func (d Day) midnight() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }
