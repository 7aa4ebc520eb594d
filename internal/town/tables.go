package town

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"corner/catalog"
	"corner/geo"
)

//go:embed data/*.json
var data embed.FS

// tables is what towns are made of, as the files of data have it.
type tables struct {
	words    map[string][]word
	menus    map[string]*menu
	groups   []group // in the order in which they choose where to stand
	streets  []street
	courses  []course          // of the long menu; see carte
	speeches map[string]speech // by the theme of a menu; "any": of any place
	found    map[string][]chance
	doors    []string // categories of large grounds, whose door is not in their middle
	brought  map[string]catalog.AtHome
}

// group is chains and trades that are alike.
type group struct {
	chains []chain
	trades []trade
}

// table reads the files once. What is wrong with them is a mistake in them, which the
// first test that makes a town finds.
var table = sync.OnceValue(func() *tables {
	t := new(tables)
	load("words", &t.words)
	load("streets", &t.streets)
	load("carte", &t.courses)
	load("speeches", &t.speeches)
	load("menus", &t.menus)
	var dress struct {
		Found   map[string][]chance
		Doors   []string
		Brought map[string][2]int // metres, minutes
	}
	load("dress", &dress)
	t.found, t.doors, t.brought = dress.Found, dress.Doors, map[string]catalog.AtHome{}
	for service, v := range dress.Brought {
		t.brought[service] = catalog.AtHome{Radius: geo.Metres(v[0]), Travel: time.Duration(v[1]) * time.Minute}
	}
	var groups []struct {
		Chains []chain
		Trades []trade
	}
	load("trades", &groups)
	for _, g := range groups {
		for i := range g.Chains {
			g.Chains[i].menu = named(t.menus, g.Chains[i].sells)
		}
		for i := range g.Trades {
			g.Trades[i].words = named(t.words, g.Trades[i].called)
			for k := range g.Trades[i].kinds {
				g.Trades[i].kinds[k].menu = named(t.menus, g.Trades[i].kinds[k].sells)
			}
		}
		t.groups = append(t.groups, group{g.Chains, g.Trades})
	}
	return t
})

func load(name string, into any) {
	text, err := data.ReadFile("data/" + name + ".json")
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		panic(fmt.Sprintf("town: data/%s.json: %v", name, err))
	}
}

func named[V any](all map[string]V, name string) V {
	v, known := all[name]
	if !known {
		panic("town: data/trades.json names " + name + ", which is nowhere")
	}
	return v
}

// tuple reads a row: a JSON array whose items go into parts one by one.
func tuple(b []byte, parts ...any) error {
	var items []json.RawMessage
	if err := json.Unmarshal(b, &items); err != nil {
		return err
	}
	if len(items) != len(parts) {
		return fmt.Errorf("%d items in %s, want %d", len(items), b, len(parts))
	}
	for i, part := range parts {
		if err := json.Unmarshal(items[i], part); err != nil {
			return fmt.Errorf("item %d of %s: %w", i, b, err)
		}
	}
	return nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (w *word) UnmarshalJSON(b []byte) error { return tuple(b, &w.zh, &w.en) }

// UnmarshalJSON implements json.Unmarshaler.
func (k *kind) UnmarshalJSON(b []byte) error { return tuple(b, &k.zh, &k.en, &k.sells) }

// UnmarshalJSON implements json.Unmarshaler.
func (c *chain) UnmarshalJSON(b []byte) error {
	return tuple(b, &c.zh, &c.en, &c.category, &c.branches, &c.sells, &c.where, &c.long)
}

// UnmarshalJSON implements json.Unmarshaler.
func (it *item) UnmarshalJSON(b []byte) error {
	return tuple(b, &it.zh, &it.en, &it.from, &it.to, &it.minutes, &it.seats, &it.step)
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *street) UnmarshalJSON(b []byte) error {
	return tuple(b, &s.zh, &s.en, &s.busy, &s.canal, &s.line)
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *spot) UnmarshalJSON(b []byte) error { return tuple(b, &s.x, &s.y) }

// UnmarshalJSON implements json.Unmarshaler.
func (c *course) UnmarshalJSON(b []byte) error { return tuple(b, &c.heading, &c.dishes) }

// UnmarshalJSON implements json.Unmarshaler.
func (d *dish) UnmarshalJSON(b []byte) error { return tuple(b, &d.zh, &d.en, &d.yuan, &d.note) }

// UnmarshalJSON implements json.Unmarshaler.
func (c *chance) UnmarshalJSON(b []byte) error { return tuple(b, &c.key, &c.percent) }

// UnmarshalJSON implements json.Unmarshaler.
func (s *speech) UnmarshalJSON(b []byte) error {
	var v struct{ Zh, En remarks }
	err := json.Unmarshal(b, &v)
	s.zh, s.en = v.Zh, v.En
	return err
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *menu) UnmarshalJSON(b []byte) error {
	var v struct {
		Theme  string
		Week   []times
		Booked int
		Items  []item
	}
	err := json.Unmarshal(b, &v)
	m.theme, m.week, m.booked, m.items = v.Theme, v.Week, v.Booked, v.Items
	return err
}

// UnmarshalJSON implements json.Unmarshaler.
func (w *times) UnmarshalJSON(b []byte) error {
	var v struct {
		Often          int
		Daily, Weekend [][2]int
		Closed         []int
		Rests          bool
	}
	err := json.Unmarshal(b, &v)
	w.often, w.daily, w.weekend, w.closed, w.rests = v.Often, v.Daily, v.Weekend, v.Closed, v.Rests
	return err
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *trade) UnmarshalJSON(b []byte) error {
	var v struct {
		Category string
		Count    int
		Words    string
		Where    where
		Kinds    []kind
	}
	err := json.Unmarshal(b, &v)
	t.category, t.count, t.called, t.where, t.kinds = v.Category, v.Count, v.Words, v.Where, v.Kinds
	return err
}

// UnmarshalJSON implements json.Unmarshaler.
func (w *where) UnmarshalJSON(b []byte) error {
	var name string
	if err := json.Unmarshal(b, &name); err != nil {
		return err
	}
	i := slices.Index([]string{anywhere: "anywhere", busy: "busy", quiet: "quiet"}, name)
	if i < 0 {
		return fmt.Errorf("no lot is %q", name)
	}
	*w = where(i)
	return nil
}
