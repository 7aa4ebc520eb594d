package catalog_test

import (
	"testing"

	"corner/catalog"
)

func TestBrands(t *testing.T) {
	t.Parallel()
	if len(catalog.Brands) < 500 {
		t.Errorf("%d brands, want them all", len(catalog.Brands))
	}
	seen := map[string]bool{}
	for _, b := range catalog.Brands {
		if b.Key == "" || b.Name == "" || seen[b.Key] {
			t.Errorf("%+v has no key or name, or one of another", b)
		}
		seen[b.Key] = true
		if _, ok := catalog.BuiltIn.Category(b.Category); !ok {
			t.Errorf("%s is of the category %q, which is none", b.Key, b.Category)
		}
		if again, ok := catalog.BrandByKey(b.Key); !ok || again.Name != b.Name {
			t.Errorf("BrandByKey(%s) = %+v, %v", b.Key, again, ok)
		}
	}
	if b, ok := catalog.BrandByKey("nobody"); ok {
		t.Errorf("BrandByKey(nobody) = %+v", b)
	}
}

func TestBrandOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		names catalog.Names
		want  string
	}{
		{catalog.Names{}, ""},
		{catalog.Names{Main: "KFC"}, "kfc"},
		{catalog.Names{Main: "肯德基"}, "kfc"},
		{catalog.Names{Main: "肯德基（人民路店）"}, "kfc"},
		{catalog.Names{Main: "肯德基人民路店"}, "kfc"},
		{catalog.Names{Main: "肯德基 KFC"}, "kfc"},
		{catalog.Names{Main: "肯德基·万达"}, "kfc"},
		{catalog.Names{Main: "老王快餐", En: "kfc"}, "kfc"},
		{catalog.Names{Main: "ＭcＤonald’s Wan Chai"}, "mcdonalds"},
		{catalog.Names{Main: "麥當勞"}, "mcdonalds"},
		{catalog.Names{Main: "Starbucks Coffee"}, "starbucks"},
		{catalog.Names{Main: "Café Amazon"}, "cafeamazon"},
		{catalog.Names{Main: "中国银行（香港）"}, "bankofchina"},
		{catalog.Names{Main: "滙豐銀行中環分行", En: "HSBC Central Branch"}, "hsbc"},
		{catalog.Names{Main: "全家"}, "familymart"},
		{catalog.Names{Main: "全家福照相馆"}, ""}, // goes on, and not with a branch
		{catalog.Names{Main: "中国银行大厦"}, ""},
		{catalog.Names{Main: "理想"}, ""},               // an ideal, and a car
		{catalog.Names{Main: "理想 Li Auto"}, "liauto"}, // another name says which
		{catalog.Names{Main: "Giant Hypermarket"}, ""},
		{catalog.Names{Main: "SC"}, ""},
		{catalog.Names{Main: "Starbuckles"}, ""},
		{catalog.Names{Main: "老王洗车店"}, ""},
	} {
		if got := catalog.BrandOf(c.names); got != c.want {
			t.Errorf("BrandOf(%+v) = %q, want %q", c.names, got, c.want)
		}
	}
}

// TestEveryBrandIsItself holds that a place called just like a brand is of it, unless the
// name is common, or another brand's, too.
func TestEveryBrandIsItself(t *testing.T) {
	t.Parallel()
	itself := 0
	for _, b := range catalog.Brands {
		switch got := catalog.BrandOf(catalog.Names{Main: b.Name, Zh: b.Zh, En: b.En}); got {
		case b.Key:
			itself++
		case "":
		default:
			t.Logf("%s (%s, %s) is taken for %s", b.Name, b.Zh, b.En, got)
		}
	}
	if n := len(catalog.Brands); itself < n*95/100 {
		t.Errorf("%d of %d brands know their own names, want 95 %%", itself, n)
	}
}

func BenchmarkBrandOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		catalog.BrandOf(catalog.Names{Main: "老王洗车店（人民路店）", En: "Lao Wang's Car Wash"})
	}
}
