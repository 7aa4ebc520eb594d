package discovery_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corner/catalog"
	"corner/discovery"
	"corner/discovery/discoverytest"
)

// show writes a text in a line: wholes, then each part after a semicolon; ways by |, terms by +,
// a prefix with *, a term that may have a slip with ~.
func show(t discovery.Text) string {
	ways := func(ways []discovery.Way) string {
		var all []string
		for i := range ways {
			w := ways[i]
			terms := slices.Clone(w.Terms)
			if w.Prefix != "" {
				terms = append(terms, w.Prefix+"*")
			}
			if w.Near != "" {
				terms = append(terms, w.Near+"~")
			}
			all = append(all, strings.Join(terms, "+"))
		}
		return strings.Join(all, "|")
	}
	all := []string{ways(t.Wholes)}
	for _, p := range t.Parts {
		all = append(all, ways(p.Ways))
	}
	return strings.Join(all, "; ")
}

func TestParseText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100)
	endless := func(n int) string { // beyond the bound nobody knows the whole
		return strings.ReplaceAll("; wA|wA*|vA*|pa a+pa a*", "A", long[:n])
	}
	for q, want := range map[string]string{
		"":                 "",
		" 🍜 !?·—… ":        "",
		"洗":                "=洗; n洗|l洗",
		"老王洗车":             "=老王洗车; n洗车+n王洗+n老王|l洗车+l王洗+l老王|l洗车+n老王",
		"星巴克咖啡馆":           "=星巴克咖啡馆; n克咖+n咖啡+n啡馆+n巴克+n星巴|l克咖+l咖啡+l啡馆+l巴克+l星巴|l咖啡+l啡馆+n巴克+n星巴",
		"老王 xiche":         "=老王xiche; n老王|l老王; wxiche|wxiche*|vxiche*|pxi che*",
		"Joe's JOE’S":      "=joesjoes|~joesjoes; wjoes|wjoes*|vjoes*|ies+ijo+ioe; wjoes|wjoes*|vjoes*|ies+ijo+ioe",
		"７－Ｅｌｅｖｅｎ":         "=7eleven; w7|v7; weleven|weleven*|veleven*",
		"365商务":            "=365商务; w365|w365*|v365*; n商务|l商务",
		"Straße":           "=strasse|~strasse; wstrasse|wstrasse*|vstrasse*|ias+ira+ise+iss+ist+itr",
		"cafe\u0301":       "=cafe|~cafe; wcafe|wcafe*|vcafe*|pca fe*|iaf+ica+ife",
		"Đà Nẵng":          "=danang|~danang; wda|wda*|vda*|sda*|ida; wnang|wnang*|vnang*|snang*|pnan g*|ian+ina+ing",
		"Xi'an":            "=xian|~xian; wxian|wxian*|vxian*|sxian*|pxia n*|pxi an*|pxi a+pa n*",
		"xcd":              "=xcd|~xcd; wxcd|wxcd*|vxcd*|icd+ixc",
		"ｽﾀｰ":              "=スター; nスタ+nター|lスタ+lター",
		"스타벅":              "=스타벅; n스타+n타벅|l스타+l타벅",
		"ร้าน":             "=ร้าน; nร้+nาน+n้า|lร้+lาน+l้า",
		"Чай":              "=чай; wчай|wчай*|vчай*",
		"x\xff\xfey z":     "=xyz|~xyz; wx|vx; wy|vy; wz|vz",
		long:               endless(64),
		long[:63] + " bcd": endless(63),
		long[:62] + " bcd": endless(62), // "b" alone would ask for the word b
		long[:61] + " bcd": endless(61) + "; wbc|wbc*|vbc*|ibc",
	} {
		got := discovery.ParseText(q, nil)
		if diff := cmp.Diff(want, show(got)); diff != "" {
			t.Errorf("ParseText(%q) (-want +got):\n%s", q, diff)
		}
		if got.IsEmpty() != (want == "") {
			t.Errorf("ParseText(%q).Any() = %v, want %v", q, got.IsEmpty(), want == "")
		}
	}
}

func TestMatching(t *testing.T) {
	t.Parallel()
	wash := discovery.Listing{
		Names:    catalog.Names{Main: "老王洗车店", En: "Lao Wang's Car Wash"},
		Category: "car_wash",
		Services: []discovery.Offering{{Name: "精洗 Deluxe"}},
	}
	bank := discovery.Listing{Names: catalog.Names{Main: "重庆银行（长沙支行）", Zh: "重庆银行（长沙支行）"}, Category: "bank"}
	seven := discovery.Listing{Names: catalog.Names{Main: "7-Eleven", Zh: "柒一拾壹"}, Category: "convenience"}
	park := discovery.Listing{Names: catalog.Names{Main: "綠地女子健身"}, Category: "gym"}
	kfc := discovery.Listing{Names: catalog.Names{Main: "肯德基（人民路店）"}, Category: "fast_food", Brand: "kfc"}
	for _, c := range []struct {
		listing *discovery.Listing
		yes, no string // queries, apart by |
	}{
		{&wash, "|老王洗车店|洗车|洗車|王|xiche|xcd|laowang|lw|laowangxichedian|lwxcd|老王 xiche|xiche 老王|xi che|wangx|" +
			"lao wangs|car wash|WASH car|汽车服务|汽車|精洗|delu|洗车 car|ju", "老张|王老|lwc|arwash|s|l|aowang|xiche 老张|elux|jingxi"},
		{&bank, "chongqing|chongqingyinhang|cqyh|银行|changsha|zhihang|public|重慶銀行", "chongyin"},
		{&seven, "7|7 ELE|7 el|eleven|7eleven|QYSY|便利", "8"},
		{&park, "lvdi|ludi|lüdi|nvzi|nuzi|nü|gym|fitness|绿地|綠地", "lvdizi"},
		{&kfc, "KFC|kfc 人民路|肯德基快餐|人民路小吃|肯德基|肯德基人民路店|kendeji|kdj", "麦当劳"},
	} {
		terms := discovery.TermsOf(c.listing, nil)
		for q := range strings.SplitSeq(c.yes, "|") {
			if text := discovery.ParseText(q, nil); text.Score(terms) == 0 && !text.IsEmpty() {
				t.Errorf("%q does not find %s, want it to", q, c.listing.Names.Main)
			}
		}
		for q := range strings.SplitSeq(c.no, "|") {
			if score := discovery.ParseText(q, nil).Score(terms); score > 0 {
				t.Errorf("%q finds %s with %v, want it not to", q, c.listing.Names.Main, score)
			}
		}
	}
}

// TestScoreOrder holds which of two places answers better, before nearness and quality.
func TestScoreOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		q      string
		better []string // names, each better than those after it; after a slash, its category
	}{
		{"肯德基", []string{"肯德基/fast_food", "肯德基宅急送/fast_food"}},
		{"xiche", []string{"Xiche/bar", "洗车/car_wash", "Xichen/bar", "老王洗车店/gym", "老王快餐/fast_food"}},
		{"xcd", []string{"XCD Club/bar", "小茶店/cafe", "老王洗车店/car_wash"}},
		{"bar", []string{"Bar/cafe", "The Bar/cafe", "Barber/haircut", "Joe’s/bar", "Corner/cafe"}},
		{"咖啡馆", []string{"咖啡館/bar", "古塘咖啡馆/bar", "古塘/cafe"}},
		{"carpenter road park", []string{"賈炳達道公園 Carpenter Road Park/park", "Carpenter Road Park Toilets/toilets"}},
		{"星巴克咖啡", []string{"星巴克咖啡/bar", "星巴克咖啡屋/bar", "星巴克/cafe", "星巴克/bank"}},
		{"joes coffee", []string{"Joe's Coffee/cafe", "Joe's Coffee Roasters/bar", "Joe's Tea/bar"}},
	} {
		text, before := discovery.ParseText(c.q, nil), 2.0
		for i, name := range c.better {
			main, category, _ := strings.Cut(name, "/")
			got := text.Score(discovery.TermsOf(&discovery.Listing{Names: catalog.Names{Main: main}, Category: category}, nil))
			if got >= before || got < 0 || got > 1 {
				t.Errorf("%q scores %s %v, and %s %v", c.q, name, got, c.better[max(i-1, 0)], before)
			}
			before = got
		}
	}
}

func TestLenient(t *testing.T) {
	t.Parallel()
	terms := discovery.TermsOf(&discovery.Listing{Names: catalog.Names{Main: "Starbucks Coffee 人民路"}}, nil)
	for q, want := range map[string]bool{
		"starbuks": true, "satrbucks": true, "starbuckss": true, "starbucks cofee": true, "statbucks 人民": true, "starbukcs cofefe": true,
		"strbks": false, "cofe": false, "starbuks tea": false, "starbuks 老王": false,
	} {
		strict := discovery.ParseText(q, nil)
		if strict.Score(terms) > 0 {
			t.Errorf("%q matches as it is, want it not to", q)
		}
		lenient, possible := strict.Lenient()
		if got := lenient.Score(terms) > 0; got != want || want && !possible {
			t.Errorf("%q with a slip matches: %v, want %v", q, got, want)
		}
	}
	for _, q := range []string{"", "cafe", "洗车店在哪里", "12"} {
		if text, possible := discovery.ParseText(q, nil).
			Lenient(); possible ||
			!cmp.Equal(text, discovery.ParseText(q, nil), cmpopts.EquateEmpty()) {
			t.Errorf("%q may have a slip, want not", q)
		}
	}
}

func TestTermsAreSortedWithoutRepeats(t *testing.T) {
	t.Parallel()
	l := discovery.Listing{Names: catalog.Names{Main: "和和和和和和和和 ab ab", Zh: "行行行行"}, Category: "noodles", Brand: "kfc"}
	for i := range 2 { // the second time from the caches
		terms := discovery.TermsOf(&l, nil)
		if !slices.IsSorted(terms) || len(slices.Compact(slices.Clone(terms))) != len(terms) {
			t.Errorf("call %d: %q, want sorted and unique", i, terms)
		}
	}
}

func TestTermsOf(t *testing.T) {
	t.Parallel()
	got := discovery.TermsOf(
		&discovery.Listing{Names: catalog.Names{Main: "绿茶 Green Tea", En: "Green Tea"}, Services: []discovery.Offering{{Name: "Set 套餐"}}},
		nil,
	)
	want := strings.Fields("=greentea =绿茶greentea ilc l套 l套餐 l餐 n茶 n绿 n绿茶 sca schá slu slv vset wgreen wtea")
	want = slices.DeleteFunc(want, func(s string) bool { return s == "sca" || s == "schá" })
	want = append(want, "plu cha", "plv cha", "scha")
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("TermsOf (-want +got):\n%s", diff)
	}
}

// FuzzParseText holds that what a person types is bounded, and that a place is found by its
// own name, whatever that is and wherever it is cut.
func FuzzParseText(f *testing.F) {
	for _, q := range []string{
		"", "老王洗车店", "老王 xiche", "Joe's ＡＢＣ", "ｽﾀｰﾊﾞｯｸｽ", "ร้านกาแฟ", "a\u0301\u0301b", "か\u3099", "\ufdfa\ufdfa\ufdfa\ufdfa",
		"한국\u1100\u1161", "İIıi", "x\xff", strings.Repeat("a b ", 40), strings.Repeat("洗a", 40), strings.Repeat("é", 64) + "\u0301", "ﬃﬆ½Ⅳ②", "ǿǽ", "a'\u0364", "\u0301", "a\u200db",
		strings.Repeat("xian", 20),
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		text := discovery.ParseText(q, nil)
		if len(text.Parts) > 16 || len(text.Wholes) > 2 {
			t.Errorf("ParseText(%q) has %d parts and %d wholes", q, len(text.Parts), len(text.Wholes))
		}
		shares := 0.0
		for _, p := range text.Parts {
			shares += p.Share
			if len(p.Ways) == 0 || len(p.Ways) > 16 {
				t.Errorf("ParseText(%q) has a part of %d ways", q, len(p.Ways))
			}
			for i := range p.Ways {
				checkWay(t, q, &p.Ways[i])
			}
		}
		if !text.IsEmpty() && math.Abs(shares-1) > 1e-9 {
			t.Errorf("ParseText(%q) has shares of %v together", q, shares)
		}
		l := discovery.Listing{Names: catalog.Names{Main: q}}
		score := text.Score(discovery.TermsOf(&l, nil))
		if !text.IsEmpty() && score == 0 || score > 1+1e-9 {
			t.Errorf("a place called %q scores %v by its name %s", q, score, show(text))
		}
		if lenient, _ := text.Lenient(); lenient.Score(discovery.TermsOf(&l, nil)) < score {
			t.Errorf("a place called %q scores less with a slip", q)
		}
	})
}

func checkWay(t *testing.T, q string, w *discovery.Way) {
	t.Helper()
	all := slices.Clone(w.Terms)
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("ParseText(%q) has terms not sorted or twice: %q", q, all)
	}
	if w.Prefix != "" {
		all = append(all, w.Prefix)
	}
	if len(all) == 0 || w.Near != "" || w.Weight() <= 0 || w.Weight() > 1 {
		t.Errorf("ParseText(%q) has the way %+v", q, w)
	}
	for _, term := range all {
		if len(term) < 2 || !utf8.ValidString(term) || utf8.RuneCountInString(term) > 65 ||
			discovery.Kind(term[0]) != w.Kind && (w.Kind != discovery.NameGram || discovery.Kind(term[0]) != discovery.LabelGram) {
			t.Errorf("ParseText(%q) has the term %q in a way of %c", q, term, w.Kind)
		}
	}
}

func BenchmarkTermsOf(b *testing.B) {
	listings := discoverytest.Listings(1, 1000)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		discovery.TermsOf(&listings[n%len(listings)], nil)
	}
}

func BenchmarkParseText(b *testing.B) {
	for _, q := range []string{"老王洗车店", "老王 xiche", "lao wang car wash"} {
		b.Run(q, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				discovery.ParseText(q, nil)
			}
		})
	}
}
