package api

import (
	"bytes"
	"encoding/json"
	"iter"
	"strconv"

	"corner/api/rest"
)

var _, _ rest.Writer = searchAnswer{}, searchFeatures{}

// ContentType is huma's way to choose it.
func (searchFeatures) ContentType(string) string { return geoJSON }

// AppendJSON writes the answer as GeoJSON.
func (s searchFeatures) AppendJSON(b []byte) []byte { return s.answer.appendFeatures(b) }

// AppendJSON writes the answer as its declaration says, with the members of hits that
// were asked for.
func (s searchAnswer) AppendJSON(b []byte) []byte {
	b = append(b, `{"hits":[`...)
	for i, h := range s.each() {
		if i > 0 {
			b = append(b, ',')
		}
		b = h.appendJSON(b, s.mask)
	}
	return append(s.appendRest(append(b, ']')), '}')
}

// each is the hits: those of Hits, and those that are rendered as they are written. A hit
// lives until the next.
func (s *searchAnswer) each() iter.Seq2[int, *searchHit] {
	return func(yield func(int, *searchHit) bool) {
		for i := range s.Hits {
			if !yield(i, &s.Hits[i]) {
				return
			}
		}
		var room hitRoom
		for i := range s.found.hits {
			s.found.renderer.render(&room, &s.found.hits[i])
			if s.found.why != nil {
				room.Explanation = renderExplanation(&s.found.why[i])
			}
			if !yield(len(s.Hits)+i, &room.searchHit) {
				return
			}
		}
	}
}

// appendFeatures writes the answer as searchFeatures.
func (s searchAnswer) appendFeatures(b []byte) []byte {
	b = append(b, `{"type":"FeatureCollection","features":[`...)
	for i, h := range s.each() {
		if i > 0 {
			b = append(b, ',')
		}
		b = rest.AppendText(append(b, `{"type":"Feature","id":`...), h.Place.ID)
		b = rest.AppendNumber(append(b, `,"geometry":{"type":"Point","coordinates":[`...), h.Place.Location.Lng)
		b = rest.AppendNumber(append(b, ','), h.Place.Location.Lat)
		b = h.appendJSON(append(b, `]},"properties":`...), s.mask)
		b = append(b, '}')
	}
	return append(s.appendRest(append(b, ']')), '}')
}

// appendRest writes what comes after the hits.
func (s *searchAnswer) appendRest(b []byte) []byte {
	b = append(b, `,"next_cursor":`...)
	if s.NextCursor == nil {
		b = append(b, "null"...)
	} else {
		b = rest.AppendText(b, *s.NextCursor)
	}
	if s.Radius != 0 {
		b = rest.AppendNumber(append(b, `,"radius_m":`...), s.Radius)
	}
	b = rest.AppendTruth(append(b, `,"lenient":`...), s.Lenient)
	if s.Facets != nil {
		b = appendRare(append(b, `,"facets":`...), s.Facets)
	}
	return b
}

// appendRare writes what few ask for, by reflection.
func appendRare(b []byte, v any) []byte {
	buffer := bytes.NewBuffer(b)
	e := json.NewEncoder(buffer)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("api: encode our own struct: " + err.Error())
	}
	return buffer.Bytes()[:buffer.Len()-1] // Encode ends a line
}

func (h *searchHit) appendJSON(b []byte, mask fields) []byte {
	b = append(b, '{')
	first := len(b)
	if mask&fieldsOfPlace != 0 {
		b = h.Place.appendJSON(append(b, `"place":`...), mask)
	}
	if mask&fieldDistance != 0 {
		b = rest.AppendNumber(append(b, `,"distance_m":`...), h.Distance)
	}
	if mask&fieldWalking != 0 {
		b = strconv.AppendInt(append(b, `,"walking_minutes":`...), int64(h.Walking), 10)
	}
	if mask&fieldOpenNow != 0 {
		b = appendOpen(append(b, `,"open_now":`...), h.OpenNow)
	}
	if mask&fieldRating != 0 {
		b = h.Rating.appendJSON(append(b, `,"rating":`...))
	}
	if mask&fieldExplanation != 0 && h.Explanation != nil {
		b = appendRare(append(b, `,"explanation":`...), h.Explanation)
	}
	return append(withoutComma(b, first), '}')
}

// withoutComma drops the comma before the first member, which begins at first.
func withoutComma(b []byte, first int) []byte {
	if first < len(b) && b[first] == ',' {
		return append(b[:first], b[first+1:]...)
	}
	return b
}

func (p *searchPlace) appendJSON(b []byte, mask fields) []byte {
	b = append(b, '{')
	first := len(b)
	if mask&fieldID != 0 {
		b = rest.AppendText(append(b, `,"id":`...), p.ID)
	}
	if mask&fieldName != 0 {
		b = rest.AppendText(append(b, `,"name":`...), p.Name)
	}
	if mask&fieldNames != 0 && p.Names != nil {
		b = append(b, `,"names":{`...)
		inner := len(b)
		b = appendOptional(b, `,"zh":`, p.Names.Zh)
		b = append(withoutComma(appendOptional(b, `,"en":`, p.Names.En), inner), '}')
	}
	if mask&fieldMerchant != 0 {
		b = appendOptional(b, `,"merchant_id":`, p.MerchantID)
	}
	if mask&fieldBrand != 0 {
		b = appendOptional(b, `,"brand":`, p.Brand)
	}
	if mask&fieldCategory != 0 {
		b = rest.AppendText(append(b, `,"category":`...), p.Category)
	}
	if mask&fieldCategoryName != 0 {
		b = rest.AppendText(append(b, `,"category_name":`...), p.CategoryName)
	}
	if mask&fieldLocation != 0 {
		b = appendPoint(append(b, `,"location":`...), p.Location.Lat, p.Location.Lng)
		b = append(rest.AppendTruth(append(b, `,"approximate":`...), p.Location.Approximate), '}')
	}
	if mask&fieldEntrance != 0 && p.Entrance != nil {
		b = append(appendPoint(append(b, `,"entrance":`...), p.Entrance.Lat, p.Entrance.Lng), '}')
	}
	return append(withoutComma(p.appendMore(b, mask), first), '}')
}

// appendMore writes the second half of a place.
func (p *searchPlace) appendMore(b []byte, mask fields) []byte {
	if mask&fieldAddress != 0 {
		b = appendOptional(b, `,"address":`, p.Address)
	}
	if mask&fieldPhone != 0 {
		b = appendOptional(b, `,"phone":`, p.Phone)
	}
	if mask&fieldClosure != 0 && p.Closure != nil {
		b = appendRare(append(b, `,"closure":`...), p.Closure)
	}
	if mask&fieldTimeZone != 0 {
		b = rest.AppendText(append(b, `,"time_zone":`...), p.TimeZone)
	}
	if mask&fieldAttributes != 0 && len(p.Attributes) > 0 {
		b = append(b, `,"attributes":`...)
		for i, a := range p.Attributes {
			b = rest.AppendText(append(b, "[,"[min(i, 1)]), a)
		}
		b = append(b, ']')
	}
	b = appendTraits(b, p.traits, mask)
	if mask&fieldClaimed != 0 {
		b = rest.AppendTruth(append(b, `,"claimed":`...), p.Claimed)
	}
	if mask&fieldSource != 0 {
		b = appendOptional(b, `,"source":`, p.Source)
	}
	if mask&fieldPhoto != 0 {
		b = appendOptional(b, `,"photo":`, p.Photo)
	}
	if mask&fieldServices != 0 {
		b = append(b, `,"services":[`...)
		for i := range p.Services {
			if i > 0 {
				b = append(b, ',')
			}
			b = p.Services[i].appendJSON(b)
		}
		b = append(b, ']')
	}
	return b
}

func appendOptional(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	return rest.AppendText(append(b, key...), value)
}

// appendPoint writes an object that is not closed yet.
func appendPoint(b []byte, lat, lng float64) []byte {
	b = rest.AppendNumber(append(b, `{"lat":`...), lat)
	return rest.AppendNumber(append(b, `,"lng":`...), lng)
}

func (s *searchService) appendJSON(b []byte) []byte {
	b = rest.AppendText(append(b, `{"id":`...), s.ID)
	b = rest.AppendText(append(b, `,"name":`...), s.Name)
	b = s.Price.appendJSON(append(b, `,"price":`...))
	if s.PriceTo != nil {
		b = s.PriceTo.appendJSON(append(b, `,"price_to":`...))
	}
	b = strconv.AppendInt(append(b, `,"duration_minutes":`...), int64(s.Duration), 10)
	b = rest.AppendTruth(append(b, `,"bookable":`...), s.Bookable)
	if s.AtHome != 0 {
		b = rest.AppendNumber(append(b, `,"at_home_m":`...), s.AtHome)
	}
	return append(b, '}')
}

func (m *amount) appendJSON(b []byte) []byte {
	b = strconv.AppendInt(append(b, `{"amount":`...), m.Amount, 10)
	return append(rest.AppendText(append(b, `,"currency":`...), m.Currency), '}')
}
