// Package walltime is the clock on the wall of a place: days and minutes without a
// zone, and the one rule by which they become instants and back. Opening hours are
// wall times; what happened is an instant.
//
// # Words
//
//   - [Day]: a calendar day anywhere, counted from 1970-01-01.
//   - [Wall]: a minute of such a day as the clock on the wall shows it. Walls are
//     integers: compare and subtract them as such.
//   - [Instant]: the instant at which a wall clock first shows a Wall or a later one.
//   - [WallAt]: the furthest a wall clock has got by an instant.
//   - [NextShown]: the next instant at which a wall clock shows one of a row of Walls.
//   - Gap: wall times a clock skips when it is set forward. Overlap: those it shows
//     twice when it is set back.
//
// # Laws
//
//   - Instant(loc, w) never falls as w rises. A wall time in a gap is the instant at
//     which the clock jumps over it. One in an overlap is its first occurrence (as RFC
//     5545 §3.3.5 has it).
//   - WallAt(loc, t) is the greatest w with Instant(loc, w) <= t. So it never falls as t
//     rises: it is what the clock shows, except that in the second pass of an overlap it
//     stands at the overlap's last minute.
//   - Hence, for every interval [o, c) of wall times, whatever the zone does in it:
//     Instant(loc, o) <= t < Instant(loc, c) if and only if o <= WallAt(loc, t) < c.
//     "Open at t" may be asked on either side, and an index may store wall times.
//
// A shop open from 01:00 to 02:00 is thus open for two hours when 01:00 to 02:00 occurs
// twice, not for two separate ones with different answers, and not at all on the day
// that skips it.
//
// The zone data comes with the *time.Location: a program that must not depend on the
// machine's imports time/tzdata.
package walltime
