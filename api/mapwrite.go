package api

import "strconv"

var _ writer = mapFeatures{}

// appendJSON writes the features as their declaration says: a map of a city has hundreds.
func (m mapFeatures) appendJSON(b []byte) []byte {
	b = appendText(append(b, `{"type":`...), m.Type)
	b = append(b, `,"features":[`...)
	for i := range m.Features {
		if i > 0 {
			b = append(b, ',')
		}
		b = m.Features[i].appendJSON(b)
	}
	return append(b, `]}`...)
}

func (f *mapFeature) appendJSON(b []byte) []byte {
	b = appendText(append(b, `{"type":`...), f.Type)
	b = appendText(append(b, `,"id":`...), f.ID)
	b = appendText(append(b, `,"geometry":{"type":`...), f.Geometry.Type)
	b = append(b, `,"coordinates":[`...)
	for i, v := range f.Geometry.Coordinates {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendNumber(b, v)
	}
	p := &f.Properties
	b = appendTruth(append(b, `]},"properties":{"cluster":`...), p.Cluster)
	b = strconv.AppendInt(append(b, `,"count":`...), int64(p.Count), 10)
	b = appendText(append(b, `,"cell":`...), p.Cell)
	if p.ExpansionZoom != 0 {
		b = strconv.AppendInt(append(b, `,"expansion_zoom":`...), int64(p.ExpansionZoom), 10)
	}
	if p.Place != nil {
		b = p.Place.appendJSON(append(b, `,"place":`...))
	}
	return append(b, `}}`...)
}

func (p *mapPlace) appendJSON(b []byte) []byte {
	b = appendText(append(b, `{"id":`...), p.ID)
	b = appendText(append(b, `,"name":`...), p.Name)
	b = appendText(append(b, `,"category":`...), p.Category)
	b = appendText(append(b, `,"category_name":`...), p.CategoryName)
	b = appendTruth(append(b, `,"approximate":`...), p.Approximate)
	b = appendOpen(append(b, `,"open_now":`...), p.OpenNow)
	return append(p.Rating.appendJSON(append(b, `,"rating":`...)), '}')
}

// appendOpen appends whether a place is open, null when that is not known.
func appendOpen(b []byte, is *bool) []byte {
	if is == nil {
		return append(b, "null"...)
	}
	return appendTruth(b, *is)
}

func (r *searchRating) appendJSON(b []byte) []byte {
	b = append(b, '{')
	if r.Average != nil {
		b = append(appendNumber(append(b, `"average":`...), *r.Average), ',')
	}
	return append(strconv.AppendInt(append(b, `"count":`...), r.Count, 10), '}')
}
