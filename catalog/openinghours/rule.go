package openinghours

import (
	"strconv"
	"time"

	"corner/catalog"
	"corner/walltime"
)

// rule is what stands between two separators.
type rule struct {
	added   bool    // it adds to the rules before it and does not replace them
	closed  bool    // it takes its times away
	named   bool    // it names days of the week; without, and undated, it means every day
	days    [7]bool // Monday first
	dated   bool    // it names dates, from first to last
	first   walltime.Day
	last    walltime.Day
	holiday bool               // it names public holidays
	only    bool               // of its days, it means those that are holidays
	times   []catalog.Interval // at least one
}

// wholeDay is the time of a rule that says "24/7" or "off".
var wholeDay = catalog.Interval{Opens: 0, Closes: walltime.MinutesPerDay}

// days numbers the days of the week from Monday, which is 1.
var days = map[token]int{
	"mo": 1, "mon": 1, "monday": 1, "mondays": 1,
	"tu": 2, "tue": 2, "tues": 2, "tuesday": 2, "tuesdays": 2,
	"we": 3, "wed": 3, "wednesday": 3, "wednesdays": 3,
	"th": 4, "thu": 4, "thur": 4, "thurs": 4, "thursday": 4, "thursdays": 4,
	"fr": 5, "fri": 5, "friday": 5, "fridays": 5,
	"sa": 6, "sat": 6, "saturday": 6, "saturdays": 6,
	"su": 7, "sun": 7, "sunday": 7, "sundays": 7,
}

// wholeDays are the words after 24 that make it a day.
var wholeDays = map[token]bool{"h": true, "hr": true, "hrs": true, "hour": true, "hours": true}

var months = map[token]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

func (p *parser) rule() rule {
	var r rule
	p.selectors(&r)
	always := p.always()
	if !always && p.peek().number() {
		r.times = p.times()
	}
	if p.everyday() && (r.named || r.dated || r.holiday) {
		p.refuse(Unreadable)
	}
	switch {
	case p.take("off"), p.take("closed"):
		if r.closed = true; always {
			p.refuse(Unreadable)
		}
		if p.peek().remark() {
			p.next()
		}
	case p.take("open") && r.times == nil && !always:
		p.refuse(NoTimes)
	case r.times == nil && !always:
		p.timeless(&r)
	}
	if p.peek().remark() {
		p.refuse(Remark)
	}
	if r.times == nil {
		r.times = []catalog.Interval{wholeDay}
	}
	return r
}

// timeless refuses a rule without times.
func (p *parser) timeless(r *rule) {
	t := p.peek()
	if (r.named || r.dated || r.holiday) && (t == "" || t == ";" || t == ",") {
		p.refuse(NoTimes)
	}
	p.unexpected()
}

// selectors reads what a rule says of days.
func (p *parser) selectors(r *rule) {
	if p.everyday() {
		p.take(":")
		return
	}
	if p.peek() == "jan" && p.ahead(1) == "-" && p.ahead(2) == "dec" && !p.ahead(3).number() {
		p.left = p.left[3:]
		p.take(":")
	}
	if p.peek().number() && months[p.ahead(1)] > 0 {
		p.dates(r)
		return
	}
	for comma := true; days[p.peek()] > 0 || p.peek() == "ph"; {
		if days[p.peek()] > 0 {
			r.only = r.only || !comma
			p.weekdays(r)
		} else {
			if !comma { // "Su PH" is read in two ways
				p.refuse(Unreadable)
			}
			r.holiday = true
			p.holidays()
		}
		after := p.ahead(1)
		comma = p.peek() == "," && (days[after] > 0 || after == "ph")
		if comma {
			p.next()
		}
	}
	if r.only && !r.holiday { // "Mo Tu"
		p.refuse(Separator)
	}
	p.take(":")
}

// weekdays reads "Mo" and "Mo-Fr", which may go round the end of the week.
func (p *parser) weekdays(r *rule) {
	first := days[p.next()] - 1
	last := first
	if p.take("-") || p.take("to") {
		if last = days[p.peek()] - 1; last < 0 {
			p.unexpected()
			return
		}
		p.next()
	}
	r.named = true
	for d := first; ; d = (d + 1) % 7 {
		r.days[d] = true
		if d == last {
			return
		}
	}
}

// holidays passes "PH", and "PH -1 day".
func (p *parser) holidays() {
	p.next()
	sign, day := p.peek(), p.ahead(2)
	if (sign == "-" || sign == "+") && p.ahead(1).number() && (day == "day" || day == "days") {
		p.left = p.left[3:]
	}
}

// dates reads "2026 Dec 24", with "-26", "-Jan 02" or "-2027 Jan 02" after it.
func (p *parser) dates(r *rule) {
	year, month := p.next(), months[p.next()]
	r.dated = true
	r.first = p.date(year, month)
	r.last = r.first
	if p.take("-") {
		if p.peek().number() && months[p.ahead(1)] > 0 {
			year = p.next()
		}
		if m := months[p.peek()]; m > 0 {
			month = m
			p.next()
		}
		r.last = p.date(year, month)
	}
	if r.last < r.first {
		p.refuse(Unreadable)
	}
	if days[p.peek()] > 0 {
		p.refuse(Unreadable)
	}
	p.take(":")
}

// date reads the day of a month.
func (p *parser) date(year token, month time.Month) walltime.Day {
	y, _ := strconv.Atoi(string(year))
	d, err := strconv.Atoi(string(p.peek()))
	day := walltime.DayOf(y, month, d)
	if gotYear, gotMonth, got := day.Date(); len(year) != 4 || err != nil || gotYear != y || gotMonth != month || got != d {
		p.refuse(Unreadable)
		return 0
	}
	p.next()
	return day
}

// always passes "24/7" and "24 hours".
func (p *parser) always() bool {
	if p.peek() == "24" && wholeDays[p.ahead(1)] && !p.ahead(2).number() && p.ahead(2) != "-" {
		p.left = p.left[2:]
		return true
	}
	if p.peek() != "24" || p.ahead(1) != "/" || p.ahead(2) != "7" {
		return false
	}
	p.left = p.left[3:]
	return true
}

// everyday passes "daily".
func (p *parser) everyday() bool { return p.take("daily") || p.take("everyday") }
