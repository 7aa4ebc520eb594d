package api

import (
	"strconv"

	"corner/api/rest"
)

var _ rest.Writer = mapFeatures{}

// AppendJSON writes the features as their declaration says: a map of a city has hundreds.
func (m mapFeatures) AppendJSON(b []byte) []byte {
	b = rest.AppendText(append(b, `{"type":`...), m.Type)
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
	b = rest.AppendText(append(b, `{"type":`...), f.Type)
	b = rest.AppendText(append(b, `,"id":`...), f.ID)
	b = rest.AppendText(append(b, `,"geometry":{"type":`...), f.Geometry.Type)
	b = append(b, `,"coordinates":[`...)
	for i, v := range f.Geometry.Coordinates {
		if i > 0 {
			b = append(b, ',')
		}
		b = rest.AppendNumber(b, v)
	}
	p := &f.Properties
	b = rest.AppendTruth(append(b, `]},"properties":{"cluster":`...), p.Cluster)
	b = strconv.AppendInt(append(b, `,"count":`...), int64(p.Count), 10)
	b = rest.AppendText(append(b, `,"cell":`...), p.Cell)
	if p.ExpansionZoom != 0 {
		b = strconv.AppendInt(append(b, `,"expansion_zoom":`...), int64(p.ExpansionZoom), 10)
	}
	if p.Place != nil {
		b = p.Place.appendJSON(append(b, `,"place":`...))
	}
	return append(b, `}}`...)
}

func (p *mapPlace) appendJSON(b []byte) []byte {
	b = rest.AppendText(append(b, `{"id":`...), p.ID)
	b = rest.AppendText(append(b, `,"name":`...), p.Name)
	b = rest.AppendText(append(b, `,"category":`...), p.Category)
	b = rest.AppendText(append(b, `,"category_name":`...), p.CategoryName)
	b = rest.AppendTruth(append(b, `,"approximate":`...), p.Approximate)
	b = appendOpen(append(b, `,"open_now":`...), p.OpenNow)
	return append(p.Rating.appendJSON(append(b, `,"rating":`...)), '}')
}

// appendOpen appends whether a place is open, null when that is not known.
func appendOpen(b []byte, is *bool) []byte {
	if is == nil {
		return append(b, "null"...)
	}
	return rest.AppendTruth(b, *is)
}

func (r *searchRating) appendJSON(b []byte) []byte {
	b = append(b, '{')
	if r.Average != nil {
		b = append(rest.AppendNumber(append(b, `"average":`...), *r.Average), ',')
	}
	return append(strconv.AppendInt(append(b, `"count":`...), r.Count, 10), '}')
}
