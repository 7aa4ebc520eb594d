package esindex

import (
	"corner/catalog"
	"corner/walltime"
)

// openings is catalog.Hours in a form that the engine can ask whether it is open at a wall
// time. Everything is in local minutes; ranges are at least the first and less than
// the second.
//
// A place is open at minute m of day d just if one of these holds, which are the
// two halves of Hours.OpenAt:
//
//   - the weekly hours that begin on d's weekday hold m, and d has no exception;
//   - the weekly hours of the day before last past midnight and hold m, and that day
//     has no exception;
//   - an exception, of whichever date, holds that very minute.
//
// A day of the closure is one with an exception that holds nothing.
type openings struct {
	WeekSame   []minutes `json:"week_same,omitempty"`   // minutes of the week, on the day an interval begins
	WeekOver   []minutes `json:"week_over,omitempty"`   // the same past midnight, as minutes of the day after
	ExceptDays []int64   `json:"except_days,omitempty"` // dates with an exception
	Dated      []minutes `json:"dated,omitempty"`       // as walltime.Wall, of exceptions
	Closed     *minutes  `json:"closed,omitempty"`      // the days of the closure
}

// minutes is a range, of days too.
type minutes struct {
	From int64 `json:"gte"`
	To   int64 `json:"lt"`
}

const (
	minutesPerDay = walltime.MinutesPerDay
	daysPerWeek   = 7
)

func openingsOf(h *catalog.Hours) openings {
	var o openings
	for weekday, intervals := range h.Weekly {
		today := int64(weekday) * minutesPerDay
		tomorrow := int64((weekday+1)%daysPerWeek) * minutesPerDay
		for _, i := range intervals {
			o.WeekSame = append(o.WeekSame, minutes{today + int64(i.Opens), today + min(int64(i.Closes), minutesPerDay)})
			if over := int64(i.Closes) - minutesPerDay; over > 0 {
				o.WeekOver = append(o.WeekOver, minutes{tomorrow, tomorrow + over})
			}
		}
	}
	if c := h.Closure; c.Planned() {
		o.Closed = &minutes{int64(c.From), int64(c.Until)}
	}
	for _, e := range h.Exceptions {
		o.ExceptDays = append(o.ExceptDays, int64(e.Day))
		for _, i := range h.On(e.Day) {
			o.Dated = append(o.Dated, minutes{int64(e.Day.At(i.Opens)), int64(e.Day.At(i.Closes))})
		}
	}
	return o
}

// openAt asks for documents that are open at a wall time.
func openAt(w walltime.Wall) object { return openThrough(period{w, w}) }

// openThrough asks for documents that are open at all wall times of a period of less than
// a day by what is said of one day, or of two with midnight between. There may be others: by two
// intervals that join.
func openThrough(p period) object {
	day, next := p.first.Day(), p.last.Day()
	dated := spans("dated", int64(p.first), int64(p.last))
	switch next {
	case day:
		from, to := minuteOfWeek(p.first), minuteOfWeek(p.last)
		return anyOf(
			except(day, spans("week_same", from, to)),
			except(day-1, spans("week_over", from, to)),
			dated,
		)
	case day + 1:
		midnight := minuteOfWeek(next.At(0))
		return anyOf(
			except(day, spans("week_same", minuteOfWeek(p.first), minuteOfWeek(next.At(-1))), spans("week_over", midnight, minuteOfWeek(p.last))),
			dated,
		)
	}
	return dated
}

// spans asks for documents of which one range of a field holds both minutes and all between.
func spans(field string, from, to int64) object {
	if from == to {
		return term(field, from)
	}
	return object{"range": object{field: object{"gte": from, "lte": to, "relation": "contains"}}}
}

// except asks for what weekly hours say, where the day is no exception, and none of a closure.
func except(day walltime.Day, weekly ...object) object {
	return object{"bool": object{"filter": weekly, "must_not": []object{term("except_days", int64(day)), term("closed", int64(day))}}}
}

// minuteOfWeek is how far w is in its week, which begins on Monday, as catalog's does.
func minuteOfWeek(w walltime.Wall) int64 {
	const week = daysPerWeek * minutesPerDay
	const firstMonday = walltime.Wall(4 * minutesPerDay) // 1970-01-05
	return (int64(w-firstMonday)%week + week) % week
}
