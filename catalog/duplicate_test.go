package catalog_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corner/catalog"
	"corner/geo"
	"corner/idempotency"
	"corner/identity"
)

// beside is a complete draft of a name, so many metres north of the middle of Shanghai.
func beside(name string, north float64) catalog.Draft {
	d := noodles()
	d.Names = catalog.Names{Main: name}
	d.Location.Point.Lat += north / 110_870
	return d
}

// candidates is the ids that a refusal tells.
func candidates(t *testing.T, err error) (ids []catalog.PlaceID) {
	t.Helper()
	if !errors.Is(err, catalog.ErrDuplicate) {
		t.Fatalf("got %v, want %v", err, catalog.ErrDuplicate)
	}
	found, ok := data(err).(catalog.Lookalikes)
	if !ok {
		t.Fatalf("the refusal tells no candidates: %v", data(err))
	}
	for i := range found.Candidates {
		ids = append(ids, found.Candidates[i].ID)
	}
	return ids
}

// TestDuplicateIsToldWithCandidates, to claim or to overrule.
func TestDuplicateIsToldWithCandidates(t *testing.T) {
	t.Parallel()
	h := open(t)
	there := h.published(t)
	d := noodles()
	d.Names.Main, d.Phone = "老王面馆（总店）", "+86 21 1234 5678"
	d.Location.Point = there.Location.Point
	d.Location.Point.Lat += 30.0 / 110_870
	create := func(d catalog.Draft) (catalog.Place, error) {
		return h.CreatePlace(t.Context(), h.elsewhere, h.others, d, idempotency.Key{})
	}
	_, err := create(d)
	if diff := cmp.Diff([]catalog.PlaceID{there.ID}, candidates(t, err)); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	found, _ := data(err).(catalog.Lookalikes)
	if c := found.Candidates[0]; c.Names.Main != "老王面馆" || math.Round(float64(c.Distance)) != 30 || c.SamePhone || found.Merchant != h.others {
		t.Errorf("the candidate is %+v for %s, want it 30 m away, with another phone", c, found.Merchant)
	}
	if _, err := create(beside("洗车", 0)); err != nil {
		t.Errorf("another shop beside it: %v", err)
	}
	d.NotDuplicateOf = []catalog.PlaceID{there.ID}
	p, err := create(d)
	if err != nil {
		t.Fatalf("overruled: %v", err)
	}
	if _, err := h.PublishPlace(t.Context(), h.elsewhere, p.ID); err != nil {
		t.Errorf("PublishPlace of what was overruled: %v", err)
	}
	history, err := h.History(t.Context(), h.elsewhere, p.ID, 0, 10)
	if err != nil || len(history) != 2 || !cmp.Equal(field(history[1], "not_duplicate_of"), `["`+string(there.ID)+`"]`) {
		t.Errorf("the history does not tell of the overruling: %+v, %v", history, err)
	}
}

// field is what a revision made of a field.
func field(r catalog.Revision, pointer string) string {
	for _, c := range r.Changes {
		if c.Field == pointer {
			return string(c.After)
		}
	}
	return ""
}

// TestDraftsDoNotLeak: of others' drafts nothing is told, of one's own all.
func TestDraftsDoNotLeak(t *testing.T) {
	t.Parallel()
	h := open(t)
	draft := h.with(t, beside("南翔小笼", 0))
	if _, err := h.CreatePlace(t.Context(), h.elsewhere, h.others, beside("南翔小笼", 3), idempotency.Key{}); err != nil {
		t.Errorf("a draft beside another's: %v", err)
	}
	_, err := h.CreatePlace(t.Context(), h.manager, h.merchant, beside("南翔小笼", 3), idempotency.Key{})
	if diff := cmp.Diff([]catalog.PlaceID{draft.ID}, candidates(t, err)); diff != "" {
		t.Errorf("a draft beside one's own: candidates (-want +got):\n%s", diff)
	}
}

// TestDuplicateIsFoundAtEveryDoor: when a draft is completed, when it is published, and
// when what is published moves or changes its name; and not when its hours change.
func TestDuplicateIsFoundAtEveryDoor(t *testing.T) {
	t.Parallel()
	h := open(t)
	mine := h.with(t, beside("蓝瓶咖啡", 0))
	theirs, err := h.CreatePlace(t.Context(), h.elsewhere, h.others, catalog.Draft{Names: catalog.Names{Main: "蓝瓶咖啡"}}, idempotency.Key{})
	if err != nil {
		t.Fatalf("a draft with a name alone: %v", err)
	}
	revise := func(d catalog.Draft) error {
		p, err := h.RevisePlace(t.Context(), h.elsewhere, theirs.ID, theirs.Version, d)
		if err == nil {
			theirs = p
		}
		return err
	}
	if err := revise(beside("蓝瓶咖啡", 5)); err != nil {
		t.Fatalf("completed beside a draft: %v", err)
	}
	if _, err := h.PublishPlace(t.Context(), h.manager, mine.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.PublishPlace(t.Context(), h.elsewhere, theirs.ID)
	if diff := cmp.Diff([]catalog.PlaceID{mine.ID}, candidates(t, err)); diff != "" {
		t.Errorf("PublishPlace: candidates (-want +got):\n%s", diff)
	}
	longer := beside("蓝瓶咖啡", 5)
	longer.Hours = on(lunch)
	if err := revise(longer); err != nil {
		t.Errorf("other hours: %v", err)
	}
	candidates(t, revise(beside("蓝瓶咖啡", 10)))
	if err := revise(beside("洗车", 10)); err != nil {
		t.Fatalf("another name: %v", err)
	}
	if theirs, err = h.PublishPlace(t.Context(), h.elsewhere, theirs.ID); err != nil {
		t.Fatal(err)
	}
	candidates(t, revise(beside("蓝瓶咖啡", 10)))
	if err := revise(beside("蓝瓶咖啡", 2_000)); err != nil {
		t.Errorf("the same name far away: %v", err)
	}
	candidates(t, revise(beside("蓝瓶咖啡", 0)))
}

// TestRepeatIsNoDuplicate: a phone that asks again is not told of its own place.
func TestRepeatIsNoDuplicate(t *testing.T) {
	t.Parallel()
	h := open(t)
	key, err := idempotency.New(string(h.manager.User), "k", "places.create", "x")
	if err != nil {
		t.Fatal(err)
	}
	var ids []catalog.PlaceID
	for range 2 {
		p, err := h.CreatePlace(t.Context(), h.manager, h.merchant, noodles(), key, soup())
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, p.ID)
	}
	if ids[0] != ids[1] {
		t.Errorf("two calls with one key made %v, want one place", ids)
	}
	if list, err := h.Services(t.Context(), h.manager, ids[0], "", 10); err != nil || len(list) != 1 {
		t.Errorf("it sells %d things, %v; want 1", len(list), err)
	}
}

// TestSimilarity: what is one place to people, and what is not.
func TestSimilarity(t *testing.T) {
	t.Parallel()
	at := func(name, branch, category, phone string, north float64) catalog.Neighbour {
		return catalog.Neighbour{
			Names: catalog.Names{Main: name}, Branch: branch, Category: category, Phone: phone,
			Point: geo.Point{Lat: 31.23 + north/110_870, Lng: 121.47},
		}
	}
	shop := func(name string) catalog.Neighbour { return at(name, "", "restaurant", "", 0) }
	for name, c := range map[string]struct {
		a, b catalog.Neighbour
		want bool
	}{
		"the same":                     {shop("老王面馆"), shop("老王面馆"), true},
		"without the trade":            {shop("老王面馆"), shop("老王"), true},
		"with the form of company":     {shop("Blue Door"), shop("The Blue Door Restaurant Ltd."), true},
		"read the same":                {shop("老王面馆"), shop("老汪面馆"), true},
		"as it is read":                {shop("老王面馆"), shop("Lao Wang Noodles"), true},
		"width, case and accents":      {shop("ＣＡＦÉ Zoë"), shop("cafe zoe"), true},
		"a slip of the finger":         {shop("Starlight Diner"), shop("Starlihgt Diner"), true},
		"a branch that one leaves out": {shop("海底捞（朝阳店）"), shop("海底捞"), true},
		"two branches":                 {shop("海底捞（朝阳店）"), shop("海底捞（海淀店）"), false},
		"branches of their own field":  {at("海底捞", "朝阳店", "", "", 0), at("海底捞", "海淀分店", "", "", 20), false},
		"one branch, two ways":         {at("海底捞", "朝阳", "", "", 0), at("海底捞（朝阳分店）", "", "", "", 0), true},
		"only the trade in common":     {shop("老王面馆"), shop("小李面馆"), false},
		"trade words alone in common":  {shop("Golden Restaurant"), shop("Jade Restaurant"), false},
		"pin off by 80 m":              {shop("老王面馆"), at("老王面馆", "", "restaurant", "", 80), true},
		"150 m away":                   {shop("老王面馆"), at("老王面馆", "", "restaurant", "", 150), false},
		"the bank's cash machine":      {at("ICBC", "", "bank", "", 0), at("ICBC", "", "atm", "", 0), false},
		"two scripts, no telephone":    {shop("翠华"), shop("Tsui Wah"), false},
		"two scripts, one telephone":   {at("翠华", "", "", "+85225256338", 0), at("Tsui Wah", "", "", "+85225256338", 40), true},
		"one telephone, other names":   {at("老王面馆", "", "", "+85225256338", 0), at("小李洗车", "", "", "+85225256338", 0), false},
		"nameless":                     {shop(""), shop(""), false},
		"signs alone":                  {shop("★★★"), shop("!!!"), false},
	} {
		got := catalog.Similarity(catalog.BuiltIn, &c.a, &c.b)
		if (got >= catalog.DuplicateFrom) != c.want {
			t.Errorf("%s: similarity %.3f, want one place: %v", name, got, c.want)
		}
		if back := catalog.Similarity(catalog.BuiltIn, &c.b, &c.a); back != got {
			t.Errorf("%s: similarity %.3f one way and %.3f the other", name, got, back)
		}
		if got < 0 || got > 1 {
			t.Errorf("%s: similarity %v, want 0 to 1", name, got)
		}
	}
}

// FuzzSimilarity: any two names can be compared, either way alike, and a name is like
// itself.
func FuzzSimilarity(f *testing.F) {
	f.Add("老王面馆（朝阳店）", "Lao Wang's - Noodles")
	f.Add("((", "））")
	f.Add("\xff\xfe", "ﾊﾞｰ @ · ·")
	f.Add("有限公司", "restaurant restaurant")
	f.Fuzz(func(t *testing.T, a, b string) {
		x := catalog.Neighbour{Names: catalog.Names{Main: a}, Point: geo.Point{Lat: 31, Lng: 121}}
		y := catalog.Neighbour{Names: catalog.Names{Main: b}, Point: geo.Point{Lat: 31, Lng: 121}}
		got := catalog.Similarity(catalog.BuiltIn, &x, &y)
		if got < 0 || got > 1.0001 || got != catalog.Similarity(catalog.BuiltIn, &y, &x) {
			t.Errorf("similarity %v and %v, want the same twice, from 0 to 1", got, catalog.Similarity(catalog.BuiltIn, &y, &x))
		}
	})
}

// BenchmarkSimilarity is one place against one neighbour; registering looks at up to
// catalog.MaxNear.
func BenchmarkSimilarity(b *testing.B) {
	x := catalog.Neighbour{
		Names:    catalog.Names{Main: "老王牛肉面馆（朝阳店）", En: "Lao Wang's Beef Noodles"},
		Category: "noodles",
		Point:    geo.Point{Lat: 31, Lng: 121},
	}
	y := catalog.Neighbour{
		Names:    catalog.Names{Main: "Golden Dragon Restaurant 金龍酒家"},
		Category: "restaurant",
		Point:    geo.Point{Lat: 31.0005, Lng: 121},
	}
	for b.Loop() {
		catalog.Similarity(catalog.BuiltIn, &x, &y)
	}
}

// TestConfidence: the doc's formula, at its corners.
func TestConfidence(t *testing.T) {
	t.Parallel()
	year := time.Duration(365.25 * 24 * float64(time.Hour))
	for name, c := range map[string]struct {
		change func(*catalog.Location)
		later  time.Duration
		want   float64
	}{
		"in the doorway":            {func(*catalog.Location) {}, 0, 0.99},
		"nowhere":                   {func(l *catalog.Location) { *l = catalog.Location{} }, 0, 0},
		"at the bound":              {func(l *catalog.Location) { l.Accuracy = 50 }, 0, 0.5},
		"a pin":                     {func(l *catalog.Location) { l.How, l.Accuracy = catalog.MapPin, 50 }, 0, 0.4},
		"nothing told":              {func(l *catalog.Location) { l.How, l.Accuracy = "", 0 }, 0, 0.7 / 1.49},
		"three years later":         {func(*catalog.Location) {}, 3 * year, 0.99 * 0.75},
		"no time told":              {func(l *catalog.Location) { l.MeasuredAt = time.Time{} }, 3 * year, 0.99 * 0.75},
		"a clock that is ahead":     {func(l *catalog.Location) { l.MeasuredAt = now.Add(time.Hour) }, 0, 0.99},
		"a place in the wrong city": {func(l *catalog.Location) { l.Accuracy = 100_000 }, 0, 0},
	} {
		l := catalog.Location{Point: geo.Point{Lat: 31, Lng: 121}, System: geo.WGS84, Accuracy: 5, How: catalog.GPS, MeasuredAt: now}
		c.change(&l)
		if got := l.Confidence(now, now.Add(c.later)); got < c.want-0.005 || got > c.want+0.005 {
			t.Errorf("%s: confidence %.3f, want %.3f", name, got, c.want)
		}
	}
}

// TestHistoryIsForItsOwnPeople.
func TestHistoryIsForItsOwnPeople(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.published(t)
	for name, c := range map[string]struct {
		who  identity.Actor
		want error
	}{
		"nobody": {h.nobody, identity.ErrUnauthenticated}, "a stranger": {h.stranger, catalog.ErrPlaceNotFound},
		"a rival": {h.elsewhere, catalog.ErrPlaceNotFound}, "the counter": {h.counter, nil}, "the owner": {h.owner, nil},
	} {
		if _, err := h.History(t.Context(), c.who, p.ID, 0, 10); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}
