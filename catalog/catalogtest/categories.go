package catalogtest

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
)

// category is one with a value in every field.
func (s *suite) category(key string) catalog.AddedCategory {
	return catalog.AddedCategory{
		Category: catalog.Category{Key: key, Parent: "tea_drinks", En: "Milk tea 'kiosk'", Zh: "奶茶亭"}, Words: []string{"boba stand", "奶茶摊"},
		Version: 1, AddedBy: "usr_1", ChangedBy: "usr_2", CreatedAt: s.now.Add(time.Microsecond), UpdatedAt: s.now.Add(2 * time.Microsecond),
	}
}

func (s *suite) addCategory(a catalog.AddedCategory, key idempotency.Key) (catalog.AddedCategory, error) {
	return s.Catalog.AddCategory(s.Context(), a, key, s.event(catalog.CategoryAdded, a.Key))
}

func (s *suite) categories() {
	if got := must2(s.Catalog.AddedCategories(s.Context()))(s); len(got) != 0 {
		s.Errorf("AddedCategories of nobody: %v, want none", got)
	}
	second, first := s.category("a_second"), s.category("z_first")
	first.Words = nil
	s.Same("AddCategory", first, must2(s.addCategory(first, idempotency.Key{}))(s))
	must2(s.addCategory(second, idempotency.Key{}))(s)
	s.Same("Category", second, must2(s.Catalog.Category(s.Context(), "a_second"))(s))
	s.Same("in the order in which they were added", []catalog.AddedCategory{first, second}, must2(s.Catalog.AddedCategories(s.Context()))(s))
	s.Same("events", []string{"category.added a_second", "category.added z_first"}, s.happened())

	_, err := s.addCategory(s.category("z_first"), idempotency.Key{})
	s.Refused("AddCategory of a taken key", err, catalog.ErrCategoryTaken)
	_, err = s.Catalog.Category(s.Context(), "noodles")
	s.Refused("Category that nobody added", err, catalog.ErrCategoryNotFound)
	s.Same("events after a refusal", []string(nil), s.happened())
}

func (s *suite) categoryKeys() {
	add := func(key, token string) (catalog.AddedCategory, error) {
		return s.addCategory(s.category(key), s.key("usr_1", token, "categories.add", key))
	}
	first := must2(add("kiosk", "k"))(s)
	s.Same("a repeat", first, must2(add("kiosk", "k"))(s))
	_, err := add("kiosk_2", "k")
	s.Refused("other input under the key", err, idempotency.ErrReused)
	_, err = add("kiosk", "k2")
	s.Refused("the same under another key", err, catalog.ErrCategoryTaken)
	must2(add("kiosk_3", "k2"))(s) // the refusal left no key behind
	s.Same("events", []string{"category.added kiosk", "category.added kiosk_3"}, s.happened())
}

// categoryRivals: of many who add at once all come in, once each.
func (s *suite) categoryRivals() {
	const rivals, keys = 12, 6
	var wg sync.WaitGroup
	errs := make([]error, rivals)
	for i := range rivals {
		wg.Go(func() { _, errs[i] = s.addCategory(s.category(fmt.Sprint("kiosk_", i%keys)), idempotency.Key{}) })
	}
	wg.Wait()
	taken := 0
	for _, err := range errs {
		if errors.Is(err, catalog.ErrCategoryTaken) {
			taken++
		} else if err != nil {
			s.Errorf("a rival: %v", err)
		}
	}
	if all := must2(s.Catalog.AddedCategories(s.Context()))(s); len(all) != keys || taken != rivals-keys {
		s.Errorf("%d added and %d taken, want %d and %d", len(all), taken, keys, rivals-keys)
	}
}

func (s *suite) updateCategory() {
	a := must2(s.addCategory(s.category("kiosk"), idempotency.Key{}))(s)
	s.happened()
	change := func(c *catalog.AddedCategory) ([]event.Event, error) {
		c.En, c.Zh, c.Words, c.ChangedBy, c.UpdatedAt = "Kiosk", "亭", nil, "usr_3", s.now.Add(time.Minute)
		return []event.Event{s.event(catalog.CategoryChanged, c.Key)}, nil
	}
	got := must2(s.Catalog.UpdateCategory(s.Context(), "kiosk", change))(s)
	want := a
	want.En, want.Zh, want.Words, want.ChangedBy, want.UpdatedAt, want.Version = "Kiosk", "亭", nil, "usr_3", s.now.Add(time.Minute), 2
	s.Same("UpdateCategory", want, got)
	s.Same("Category", want, must2(s.Catalog.Category(s.Context(), "kiosk"))(s))
	s.Same("events", []string{"category.changed kiosk"}, s.happened())

	_, err := s.Catalog.UpdateCategory(s.Context(), "stall", change)
	s.Refused("UpdateCategory of an unknown one", err, catalog.ErrCategoryNotFound)
	_, err = s.Catalog.UpdateCategory(s.Context(), "kiosk", func(c *catalog.AddedCategory) ([]event.Event, error) {
		c.En = "Shed"
		return nil, catalog.ErrCategoryStale
	})
	s.Refused("a change that fails", err, catalog.ErrCategoryStale)
	s.Same("after it", want, must2(s.Catalog.Category(s.Context(), "kiosk"))(s))
}

// manyCategories are read in the order in which they were added.
func (s *suite) manyCategories() {
	const n = 300
	var want []string
	for i := range n {
		want = append(want, must2(s.addCategory(s.category(fmt.Sprint("kiosk_", i)), idempotency.Key{}))(s).Key)
	}
	var got []string
	for _, a := range must2(s.Catalog.AddedCategories(s.Context()))(s) {
		got = append(got, a.Key)
	}
	s.Same("AddedCategories", want, got)
}
