package cornertest_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corner/internal/cornertest"
)

// TestPlacePage: one call shows the place, what it sells, and what is like it.
func TestPlacePage(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	mine, other := openShop(t, s, "页面面馆", 31.3115, 120.6290, 5), openShop(t, s, "隔壁面馆", 31.3118, 120.6290, 5)
	guest := s.Anybody()
	find(t, guest, other, "")
	a := guest.Get(t, "/v1/places/"+mine.place+"/page").Want(t, 200)
	for path, want := range map[string]string{
		"place.id": mine.place, "place.name": "页面面馆", "services.0.id": mine.service, "similar.0.place.id": other.place, "similar.0.place.name": "隔壁面馆",
	} {
		if got := a.Text(t, path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if a.At(t, "place.open_now") != true || a.At(t, "next_change") != nil || a.At(t, "more_services") != false || a.Len(t, "similar") != 1 {
		t.Errorf("got %s; want it open round the clock, and one like it", a.Body)
	}
	if got, want := a.Header.Get("ETag"), guest.Get(t, "/v1/places/"+mine.place).Header.Get("ETag"); got != want || want == "" {
		t.Errorf("ETag: got %q, want %q as the place's", got, want)
	}
	b := guest.Get(t, "/v1/places/"+mine.place+"/similar?limit=1").Want(t, 200)
	if b.Text(t, "hits.0.place.id") != other.place {
		t.Errorf("similar: got %s", b.Body)
	}
	if d := fmt.Sprint(a.At(t, "similar.0.distance_m")); d != "33.3" || d != fmt.Sprint(b.At(t, "hits.0.distance_m")) {
		t.Errorf("distance: got %v, want 33.3 m, of 0.0003 degrees of latitude", d)
	}
}

// TestLinkedData: a page about a place can be told in the words of schema.org.
func TestLinkedData(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{})
	sh := openShop(t, s, "链接</script><b>面馆", 31.3115, 120.6290, 5)
	sh.owner.Post(t, "/v1/places/"+sh.place+"/services", `{"name": "鱼", "duration_minutes": 60, "price": {"amount": 9850, "currency": "CNY"}, "bookable": true}`).
		Want(t, 201)
	etag := sh.owner.Get(t, "/v1/places/"+sh.place).Header.Get("ETag")
	sh.owner.Do(t, "PATCH", "/v1/places/"+sh.place, `{"names": {"en": "Linked Noodles"}, "hours": {
		"weekly": [{"day":"mon","opens":"00:00","closes":"24:00"},{"day":"tue","opens":"18:00","closes":"02:00"},{"day":"wed","opens":"18:00","closes":"24:00"}],
		"exceptions": [{"date":"2026-12-25","closed":true},{"date":"2026-12-31","intervals":[{"opens":"10:00","closes":"12:00"}]}]}}`,
		"If-Match", etag, "Content-Type", "application/merge-patch+json").Want(t, 200)
	a := s.Anybody().Do(t, "GET", "/v1/places/"+sh.place, "", "Accept", "application/ld+json").Want(t, 200)
	if got := a.Header.Get("Content-Type"); got != "application/ld+json" {
		t.Errorf("Content-Type: got %q", got)
	}
	var got, want any
	if err := json.Unmarshal(a.Body, &got); err != nil {
		t.Fatalf("%v in %s", err, a.Body)
	}
	if err := json.Unmarshal(fmt.Appendf(nil, `{
		"@context": "https://schema.org", "@type": "Restaurant", "@id": "/v1/places/%[1]s", "url": "/v1/places/%[1]s", "name": "链接</script><b>面馆",
		"alternateName": ["Linked Noodles"], "telephone": "+8651265200000", "geo": {"@type": "GeoCoordinates", "latitude": 31.3115, "longitude": 120.629},
		"priceRange": "CNY 28.00–98.50",
		"openingHoursSpecification": [
			{"@type": "OpeningHoursSpecification", "dayOfWeek": "https://schema.org/Monday", "opens": "00:00", "closes": "23:59"},
			{"@type": "OpeningHoursSpecification", "dayOfWeek": "https://schema.org/Tuesday", "opens": "18:00", "closes": "02:00"},
			{"@type": "OpeningHoursSpecification", "dayOfWeek": "https://schema.org/Wednesday", "opens": "18:00", "closes": "00:00"}],
		"specialOpeningHoursSpecification": [
			{"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", "validFrom": "2026-12-25", "validThrough": "2026-12-25"},
			{"@type": "OpeningHoursSpecification", "opens": "10:00", "closes": "12:00", "validFrom": "2026-12-31", "validThrough": "2026-12-31"}]}`, sh.place), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range a.Body {
		if c == '<' || c == '>' || c == '&' {
			t.Fatalf("%c would end a script in a web page: %s", c, a.Body)
		}
	}
}
