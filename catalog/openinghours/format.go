package openinghours

import (
	"fmt"
	"slices"
	"strings"

	"corner/catalog"
	"corner/walltime"
)

var dayNames = [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// Format writes normal hours; "" for unknown ones.
func Format(h catalog.Hours) string {
	if !h.Known() {
		return ""
	}
	var rules []string
	night := false
	for d, day := range h.Weekly {
		first := slices.IndexFunc(h.Weekly[:], func(other []catalog.Interval) bool { return slices.Equal(other, day) })
		if len(day) == 0 || first != d {
			continue
		}
		night = night || day[len(day)-1].Closes > walltime.MinutesPerDay
		if names := sameDays(h.Weekly, d); names != "Mo-Su" || !slices.Equal(day, []catalog.Interval{wholeDay}) {
			rules = append(rules, names+" "+formatTimes(day))
		} else {
			rules = append(rules, "24/7")
		}
	}
	// After a semicolon, a rule would cut off a night that reaches into its days.
	between := "; "
	if night {
		between = ", "
	}
	text := strings.Join(rules, between)
	for _, e := range h.Exceptions {
		if text != "" {
			text += "; "
		}
		year, month, day := e.Day.Date()
		text += fmt.Sprintf("%04d %s %02d %s", year, month.String()[:3], day, formatTimes(e.Intervals))
	}
	return text
}

// sameDays names the days that are open as day d is, "Mo-We,Fr".
func sameDays(week [7][]catalog.Interval, d int) string {
	var names []string
	for first := 0; first < 7; first++ {
		last := first - 1
		for last+1 < 7 && slices.Equal(week[last+1], week[d]) {
			last++
		}
		switch {
		case last < first:
			continue
		case last == first:
			names = append(names, dayNames[first])
		default:
			names = append(names, dayNames[first]+"-"+dayNames[last])
		}
		first = last
	}
	return strings.Join(names, ",")
}

func formatTimes(day []catalog.Interval) string {
	if len(day) == 0 {
		return "off"
	}
	var all []string
	for _, v := range day {
		closes := v.Closes
		// An interval of 24 hours would close when it opens, and one of almost as many would
		// be doubtful; then the clock goes on counting, as the specification allows.
		next := closes - walltime.MinutesPerDay
		if next > 0 && next < v.Opens && !doubtful(v.Opens, next) {
			closes = next
		}
		all = append(all, formatClock(v.Opens)+"-"+formatClock(closes))
	}
	return strings.Join(all, ",")
}

func formatClock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
