package openinghours

import (
	"corner/catalog"
	"corner/fault"
)

// MaxLength bounds a text, in bytes: room for all the exceptions that hours can have.
const MaxLength = 100_000

// Parse reads opening hours. The error is a *RefusedError.
func Parse(s string) (catalog.Hours, error) {
	if len(s) > MaxLength {
		return catalog.Hours{}, &RefusedError{TooLong}
	}
	p := parser{left: lex(s)}
	rules := p.rules()
	if p.refused == nil {
		h, why := hoursOf(rules)
		if why == nil {
			return h, nil
		}
		p.refused = why
	}
	return catalog.Hours{}, &RefusedError{*p.refused}
}

// parser reads tokens from left to right. Once it has refused there are no more of
// them, so that every loop ends.
type parser struct {
	left    []token
	refused *fault.Reason
}

func (p *parser) refuse(why fault.Reason) {
	if p.refused == nil {
		p.refused = &why
	}
	p.left = nil
}

func (p *parser) peek() token { return p.ahead(0) }

func (p *parser) ahead(n int) token {
	if n >= len(p.left) {
		return ""
	}
	return p.left[n]
}

func (p *parser) next() token {
	t := p.peek()
	if t != "" {
		p.left = p.left[1:]
	}
	return t
}

// take passes t, if it is next.
func (p *parser) take(t token) bool {
	if t == "" || p.peek() != t {
		return false
	}
	p.next()
	return true
}

// rules reads rule after rule to the end.
func (p *parser) rules() []rule {
	var all []rule
	added := false
	for p.peek() != "" {
		if p.take(";") { // an empty rule, mostly the last
			added = false
			continue
		}
		r := p.rule()
		r.added = added
		all = append(all, r)
		switch t := p.peek(); {
		case t == "":
		case t == ";", t == ",":
			p.next()
			added = t == ","
		case days[t] > 0, t == "ph": // the reference reads "Mo 9-12 Tu 10-11" as both times on both days
			p.refuse(Separator)
		default:
			p.unexpected()
		}
	}
	return all
}

// unexpected refuses what is next and cannot be there, for the best of reasons.
func (p *parser) unexpected() {
	switch t := p.peek(); {
	case t.remark(), t == "unknown":
		p.refuse(Remark)
	case t == "||":
		p.refuse(Fallback)
	case t == "+":
		p.refuse(OpenEnd)
	case months[t] > 0, t == "easter":
		p.refuse(Season)
	case t == "[", t == "week":
		p.refuse(Weeks)
	case t == "sh":
		p.refuse(School)
	case suns[t], t == "(" && suns[p.ahead(1)]:
		p.refuse(Sun)
	}
	p.refuse(Unreadable)
}

var suns = map[token]bool{"sunrise": true, "sunset": true, "dawn": true, "dusk": true}
