package openinghours

import (
	"strconv"

	"corner/catalog"
	"corner/walltime"
)

// times reads "09:00-12:00,14:00-18:00".
func (p *parser) times() []catalog.Interval {
	all := []catalog.Interval{p.interval()}
	for p.peek() == "," && p.ahead(1).number() && months[p.ahead(2)] == 0 {
		p.next()
		all = append(all, p.interval())
	}
	return all
}

// clock is a time of day as it is written.
type clock struct {
	minute int  // from midnight; up to 48 hours
	half   bool // it says am or pm
	bare   bool // it is an hour, without anything
}

func (p *parser) interval() catalog.Interval {
	opens := p.clock()
	if p.take("+") {
		p.refuse(OpenEnd)
	}
	if !p.take("-") && !p.take("to") {
		p.unexpected()
	}
	closes := p.clock()
	if p.take("+") {
		p.refuse(OpenEnd)
	}
	const day = walltime.MinutesPerDay
	switch {
	case opens.half != closes.half, opens.bare != closes.bare, opens.bare && closes.minute <= day/2:
		p.refuse(HalfOfDay)
	case opens.bare && opens.minute >= closes.minute, !opens.half && doubtful(opens.minute, closes.minute):
		p.refuse(HalfOfDay)
	case opens.minute == closes.minute && opens.minute > 0: // "00:00-00:00" is a day
		p.refuse(NoLength)
	case opens.minute >= day, closes.minute > opens.minute+day:
		p.refuse(BadTime)
	}
	if closes.minute <= opens.minute {
		closes.minute += day
	}
	return catalog.Interval{Opens: opens.minute, Closes: closes.minute}
}

// doubtful reports whether times of one day are more likely of a clock of twelve hours:
// "11:00-9:30" would be a night of 22 hours. Who means it writes 33:30.
func doubtful(opens, closes int) bool { return closes < opens && opens <= 12*60 && closes > 6*60 }

// clock reads "9:00", "09.00", "9:00 am", "9 pm", "21h" and "21".
func (p *parser) clock() clock {
	hour, ok := p.digits(1, 2)
	if !ok {
		p.unexpected()
		return clock{}
	}
	minute, c := 0, clock{bare: true}
	if p.take(":") || p.peek() == "." && p.ahead(1).number() && p.take(".") {
		c.bare = false
		if minute, ok = p.digits(2, 2); !ok {
			p.refuse(Unreadable)
		}
	} else if p.take("h") {
		c.bare = p.peek().number() // "7h30"
		if c.bare {
			p.refuse(Unreadable)
		}
	}
	afternoon := p.peek() == "pm"
	if c.half = p.take("am") || p.take("pm"); c.half {
		if c.bare = false; hour < 1 || hour > 12 {
			p.refuse(BadTime)
		}
		hour %= 12
		if afternoon {
			hour += 12
		}
	}
	c.minute = hour*60 + minute
	if minute > 59 || c.minute > 2*walltime.MinutesPerDay {
		p.refuse(BadTime)
	}
	return c
}

// digits reads a number of so many digits.
func (p *parser) digits(least, most int) (int, bool) {
	t := p.peek()
	if !t.number() || len(t) < least || len(t) > most {
		return 0, false
	}
	n, err := strconv.Atoi(string(t))
	p.next()
	return n, err == nil
}
