package api

import (
	"math"
	"time"

	"corner/api/rest"

	"corner/booking"
	"corner/catalog"
	"corner/fault"
	"corner/media"
)

// notReady is the data of ErrNotReady: what of each part.
type notReady map[string]string

// problemData is what a refusal tells beside its own members. What has no line here is not
// told.
func problemData(data any) map[string]any {
	switch d := data.(type) {
	case nil:
		return nil
	case fault.CurrentVersion:
		return map[string]any{"current_version": int64(d)}
	case fault.Limited:
		return map[string]any{"limit": d.Limit, "reset_s": int64((d.Reset + time.Second - 1) / time.Second)}
	case catalog.Missing:
		return map[string]any{"missing": rest.PointersTo(d)}
	case catalog.Lookalikes:
		return map[string]any{"candidates": renderLookalikes(d)}
	case booking.Hanging:
		return map[string]any{"bookings": int(d)}
	case media.Format:
		return map[string]any{"format": string(d)}
	case notReady:
		return map[string]any{"parts": d}
	}
	return nil
}

// lookalike is a place that another one may be a duplicate of.
type lookalike struct {
	ID         catalog.PlaceID `json:"id"`
	Name       string          `json:"name"`
	Branch     string          `json:"branch,omitempty"`
	Address    string          `json:"address"`
	Category   string          `json:"category"`
	Distance   float64         `json:"distance_m"`
	Similarity float64         `json:"similarity"` // 0 to 1, to a hundredth
	SamePhone  bool            `json:"same_phone"`
	Claimed    bool            `json:"claimed"`
	Claimable  bool            `json:"claimable"`
	Own        bool            `json:"own"` // of the same merchant
	State      catalog.State   `json:"state"`
}

func renderLookalikes(d catalog.Lookalikes) []lookalike {
	list := make([]lookalike, len(d.Candidates))
	for i := range d.Candidates {
		c := &d.Candidates[i]
		list[i] = lookalike{
			ID: c.ID, Name: c.Names.Main, Branch: c.Branch, Address: c.Address, Category: c.Category,
			Distance: math.Round(float64(c.Distance)), Similarity: math.Round(c.Similarity*100) / 100,
			SamePhone: c.SamePhone, Claimed: c.Merchant != "", Claimable: c.Merchant == "",
			Own: c.Merchant == d.Merchant, State: c.State,
		}
	}
	return list
}
