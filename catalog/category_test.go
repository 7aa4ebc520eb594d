package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"corner/catalog"
)

func TestCategoriesAreATree(t *testing.T) {
	t.Parallel()
	seen, en, zh := map[string]bool{}, map[string]string{}, map[string]string{}
	for _, c := range catalog.BuiltIn.List {
		if c.Key == "" || strings.Trim(c.Key, "abcdefghijklmnopqrstuvwxyz_") != "" {
			t.Errorf("key %q is not of small letters", c.Key)
		}
		if seen[c.Key] {
			t.Errorf("key %q stands twice", c.Key)
		}
		if c.Parent != "" && !seen[c.Parent] { // so there can be no circle either
			t.Errorf("%s: parent %q does not stand before it", c.Key, c.Parent)
		}
		seen[c.Key] = true
		if c.En == "" || c.Zh == "" || c.En != strings.TrimSpace(c.En) || c.Zh != strings.TrimSpace(c.Zh) {
			t.Errorf("%s: labels %q and %q, want both", c.Key, c.En, c.Zh)
		}
		if en[c.En] != "" || zh[c.Zh] != "" {
			t.Errorf("%s: its label is that of %s%s, too", c.Key, en[c.En], zh[c.Zh])
		}
		en[c.En], zh[c.Zh] = c.Key, c.Key
		if got, ok := catalog.BuiltIn.Category(c.Key); !ok || got != c {
			t.Errorf("CategoryOf(%q) = %v, %v, want %v", c.Key, got, ok, c)
		}
		line := catalog.BuiltIn.Lineage(c.Key)
		if len(line) == 0 || line[0] != c || line[len(line)-1].Parent != "" {
			t.Errorf("Lineage(%q) = %v, want from it to the top", c.Key, line)
		}
	}
	for _, key := range []string{"", "volcano", "Dining"} {
		if _, ok := catalog.BuiltIn.Category(key); ok || len(catalog.BuiltIn.Lineage(key)) > 0 || catalog.BuiltIn.DiscoveryOnly(key) {
			t.Errorf("%q is known, want not", key)
		}
	}
}

func TestDiscoveryOnly(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{"public": true, "bank": true, "toilets": true, "dining": false, "noodles": false, "park": false} {
		if got := catalog.BuiltIn.DiscoveryOnly(key); got != want {
			t.Errorf("DiscoveryOnly(%q) = %v, want %v", key, got, want)
		}
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	c, _ := catalog.BuiltIn.Category("noodles")
	for language, want := range map[string]string{"zh": "面馆", "zh-Hant-TW": "面馆", "en": "Noodles", "de": "Noodles", "": "Noodles"} {
		if got := c.Label(language); got != want {
			t.Errorf("Label(%q) = %q, want %q", language, got, want)
		}
	}
}

func TestCategoryWords(t *testing.T) {
	t.Parallel()
	cafe, _ := catalog.BuiltIn.Category("cafe")
	if got := catalog.BuiltIn.Words(cafe.Key); !slices.Contains(got, "咖啡馆") || !slices.Contains(got, "coffee") {
		t.Errorf("Words of %v = %q, want labels and more", cafe, got)
	}
	for _, key := range catalog.WordKeys() {
		if _, ok := catalog.BuiltIn.Category(key); !ok {
			t.Errorf("there are words for %q, which is no category", key)
		}
	}
}
