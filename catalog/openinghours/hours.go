package openinghours

import (
	"slices"

	"corner/catalog"
	"corner/fault"
	"corner/walltime"
)

// hoursOf makes hours of rules, or says why there are none.
func hoursOf(rules []rule) (h catalog.Hours, why *fault.Reason) {
	rules = slices.DeleteFunc(rules, func(r rule) bool { return r.only || r.holiday && !r.named && !r.dated })
	for i, r := range rules {
		every := !r.named && !r.dated
		switch {
		case i > 0 && every && !r.closed:
			return h, &NoDays
		case r.closed && slices.ContainsFunc(r.times, pastMidnight):
			return h, &Night
		}
	}
	if why := week(rules, &h); why != nil {
		return h, why
	}
	if why := exceptions(rules, &h); why != nil {
		return h, why
	}
	switch {
	case h.Normalize() != nil:
		return h, &TooMany
	case !h.Known():
		return h, &NeverOpen
	case !asSpecified(rules, &h):
		return h, &Night
	}
	return h, nil
}

func pastMidnight(v catalog.Interval) bool { return v.Closes > walltime.MinutesPerDay }

// week fills in the weekly hours.
func week(rules []rule, h *catalog.Hours) *fault.Reason {
	left := make([]bool, len(rules)) // whether a rule had its say on some day
	for d := range h.Weekly {
		pieces, why := piecesOf(rules, func(r *rule) bool { return !r.dated && (!r.named || r.days[d]) })
		if why != nil {
			return why
		}
		for _, p := range pieces {
			left[p.rule] = true
			h.Weekly[d] = append(h.Weekly[d], p.Interval)
		}
	}
	for i, r := range rules {
		if !left[i] && !r.closed && !r.dated {
			return &NoEffect
		}
	}
	return nil
}

// exceptions fills in the dates that rules name. A night that began the day before
// lasts to its end.
func exceptions(rules []rule, h *catalog.Hours) *fault.Reason {
	dates := map[walltime.Day]bool{}
	for _, r := range rules {
		if !r.dated {
			continue
		}
		if r.last-r.first >= catalog.MaxExceptions {
			return &TooMany
		}
		for d := r.first; d <= r.last; d++ {
			dates[d] = true
		}
		if len(dates) > catalog.MaxExceptions {
			return &TooMany
		}
	}
	for date := range dates {
		weekday := (date.Weekday() + 6) % 7
		pieces, why := piecesOf(rules, func(r *rule) bool {
			if r.dated {
				return r.first <= date && date <= r.last
			}
			return !r.named || r.days[weekday]
		})
		if why != nil {
			return why
		}
		e := catalog.Exception{Day: date}
		for _, p := range pieces {
			e.Intervals = append(e.Intervals, p.Interval)
		}
		h.Exceptions = append(h.Exceptions, e)
	}
	return nil
}

// piece is what is left of an interval of a rule.
type piece struct {
	catalog.Interval
	rule int
}

// piecesOf is what the rules that count on a day leave open, of what begins on it.
func piecesOf(rules []rule, counts func(*rule) bool) (pieces []piece, why *fault.Reason) {
	for i := range rules {
		r := &rules[i]
		if !counts(r) {
			continue
		}
		if !r.added && !r.closed && (r.named || r.dated) {
			pieces = nil
		}
		for _, v := range r.times {
			switch {
			case !r.closed:
				pieces = append(pieces, piece{v, i})
			case v == wholeDay:
				pieces = nil
			default:
				if pieces = without(pieces, v); slices.ContainsFunc(pieces, func(p piece) bool { return p.Opens >= walltime.MinutesPerDay }) {
					return nil, &Night
				}
			}
		}
	}
	return pieces, nil
}

// without is pieces, less an interval.
func without(pieces []piece, cut catalog.Interval) []piece {
	var left []piece
	for _, p := range pieces {
		before, after := p, p
		before.Closes = min(p.Closes, cut.Opens)
		after.Opens = max(p.Opens, cut.Closes)
		for _, q := range []piece{before, after} {
			if q.Opens < q.Closes {
				left = append(left, q)
			}
		}
	}
	return left
}

// minutes is which minutes of a day are open.
type minutes [walltime.MinutesPerDay]bool

func (m *minutes) set(opens, closes int, open bool) {
	for i := max(opens, 0); i < min(closes, len(m)); i++ {
		m[i] = open
	}
}

// asSpecified reports whether the weekly hours are what the specification reads in the
// rules. It lets a rule replace all that was said of a day before, so also the end of a
// night that began the day before, while people mean the night to last to its end.
func asSpecified(rules []rule, h *catalog.Hours) bool {
	if !slices.ContainsFunc(rules, func(r rule) bool { return slices.ContainsFunc(r.times, pastMidnight) }) {
		return true
	}
	for d := range h.Weekly {
		yesterday := (d + 6) % 7
		var specified, meant minutes
		for i := range rules {
			r := &rules[i]
			if r.dated {
				continue
			}
			if !r.named || r.days[d] {
				if !r.added && !r.closed && r.named {
					specified = minutes{}
				}
				for _, v := range r.times {
					specified.set(v.Opens, v.Closes, !r.closed)
				}
			}
			if !r.closed && (!r.named || r.days[yesterday]) {
				for _, v := range r.times {
					specified.set(0, v.Closes-walltime.MinutesPerDay, true)
				}
			}
		}
		for _, v := range h.Weekly[d] {
			meant.set(v.Opens, v.Closes, true)
		}
		for _, v := range h.Weekly[yesterday] {
			meant.set(0, v.Closes-walltime.MinutesPerDay, true)
		}
		if specified != meant {
			return false
		}
	}
	return true
}
