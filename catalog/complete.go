package catalog

// Missing is the names of what a place lacks before it can be published. It is the Data of
// ErrIncomplete.
type Missing []string

// Missing names what a place needs before it can be published.
// Everything else can wait: the milk-tea stall has no price list.
func (p *Place) Missing() []string {
	var missing []string
	for _, part := range parts {
		if part.needed && !part.there(p) {
			missing = append(missing, part.name)
		}
	}
	return missing
}

// Completeness is how much consumers can learn about the place, in per cent: what
// publishing needs makes 80, the rest 20.
func (p *Place) Completeness() int {
	sum := 0
	for _, part := range parts {
		if part.there(p) {
			sum += part.weight
		}
	}
	return sum
}

// parts of a place, and how much each is worth; they add up to 100.
var parts = []struct {
	name   string
	weight int
	needed bool
	there  func(*Place) bool
}{
	{"name", 20, true, func(p *Place) bool { return p.Names.Main != "" }},
	{"category", 15, true, func(p *Place) bool { return p.Category != "" }},
	{"location", 25, true, func(p *Place) bool { return p.Location.Known() }},
	{"hours", 20, true, func(p *Place) bool { return p.Hours.Known() }},
	{"phone", 8, false, func(p *Place) bool { return p.Phone != "" }},
	{"address", 6, false, func(p *Place) bool { return p.Address != "" }},
	{"attributes", 6, false, func(p *Place) bool { return len(p.Attributes) > 0 }},
}
