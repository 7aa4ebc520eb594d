package catalogtest

import (
	"fmt"
	"time"

	"corner/catalog"
	"corner/event"
	"corner/idempotency"
	"corner/identity"
)

// suspension: a merchant's published places leave the map with it and come back; drafts stay what they are.
func (s *suite) suspension() {
	m := s.merchant()
	shown, draft, other := s.place(m), s.place(m), s.place(s.merchant())
	shown.State, other.State = catalog.Published, catalog.Published
	for _, p := range []catalog.Place{shown, draft, other} {
		must2(s.add(p, idempotency.Key{}))(s)
	}
	_ = s.happened()
	turn := func(m identity.MerchantID, on bool, after time.Duration) error {
		v := catalog.Suspension{Merchant: m, On: on, From: catalog.Published, To: catalog.Suspended, By: "usr_1", At: s.now.Add(after)}
		if !on {
			v.From, v.To = v.To, v.From
		}
		return s.Catalog.Suspend(s.Context(), v, s.event(catalog.MerchantChanged, string(m)), func(p catalog.PlaceID) event.Event {
			return s.event(catalog.PlaceChanged, string(p))
		})
	}
	want := func(what string, state catalog.State, version int64) {
		s.Helper()
		shown.State, shown.Version = state, version
		got := must2(s.Catalog.Place(s.Context(), shown.ID))(s)
		shown.UpdatedAt = got.UpdatedAt
		s.Same(what, shown, got)
		s.Same(what+": the draft", draft, must2(s.Catalog.Place(s.Context(), draft.ID))(s))
		s.Same(what+": another's", other, must2(s.Catalog.Place(s.Context(), other.ID))(s))
	}
	s.Refused("suspend", turn(m, true, time.Hour), nil)
	want("suspended", catalog.Suspended, 2)
	s.Same("events", []string{"merchant.changed " + string(m), "place.changed " + string(shown.ID)}, s.happened())
	s.Same("history", []string{
		fmt.Sprintf("2 place.changed %s v2", shown.ID), fmt.Sprintf("1 place.created %s v1", shown.ID),
	}, did(must2(s.Catalog.History(s.Context(), shown.ID, 0, 10))(s)))
	s.Refused("again", turn(m, true, 2*time.Hour), nil)
	want("suspended again", catalog.Suspended, 2)
	s.Same("events of nothing", 0, len(s.happened()))
	s.Same("since", s.now.Add(time.Hour), must2(s.Catalog.Merchant(s.Context(), m))(s).SuspendedAt)
	s.Refused("lift", turn(m, false, 3*time.Hour), nil)
	want("lifted", catalog.Published, 3)
	s.Refused("nobody's", turn("mer_0", true, 0), identity.ErrMerchantNotFound)
}
