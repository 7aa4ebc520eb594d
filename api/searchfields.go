package api

import (
	"slices"

	"corner/catalog"
)

// fields is a set of members of a hit, to be written; 0 is all.
type fields uint64

// The members of a hit, in the order in which they are written.
const (
	fieldID fields = 1 << iota
	fieldName
	fieldNames
	fieldMerchant
	fieldBrand
	fieldCategory
	fieldCategoryName
	fieldLocation
	fieldEntrance
	fieldAddress
	fieldPhone
	fieldClosure
	fieldTimeZone
	fieldAttributes
	fieldClaimed
	fieldSource
	fieldPhoto
	fieldServices
	fieldDistance
	fieldWalking
	fieldOpenNow
	fieldRating
	fieldExplanation

	fieldsOfTraits = ^fields(0) >> 32 << 32 // traitField
	fieldsOfPlace  = fieldDistance - 1 | fieldsOfTraits
	allFields      = fieldExplanation<<1 - 1 | fieldsOfTraits
)

var fieldNamed = map[string]fields{
	"place":               fieldsOfPlace,
	"place.id":            fieldID,
	"place.name":          fieldName,
	"place.names":         fieldNames,
	"place.merchant_id":   fieldMerchant,
	"place.brand":         fieldBrand,
	"place.category":      fieldCategory,
	"place.category_name": fieldCategoryName,
	"place.location":      fieldLocation,
	"place.entrance":      fieldEntrance,
	"place.address":       fieldAddress,
	"place.phone":         fieldPhone,
	"place.closure":       fieldClosure,
	"place.time_zone":     fieldTimeZone,
	"place.attributes":    fieldAttributes,
	"place.claimed":       fieldClaimed,
	"place.source":        fieldSource,
	"place.photo":         fieldPhoto,
	"place.services":      fieldServices,
	"distance_m":          fieldDistance,
	"walking_minutes":     fieldWalking,
	"open_now":            fieldOpenNow,
	"rating":              fieldRating,
	"explanation":         fieldExplanation,
}

// parseFields is the set of what is named; all for nothing named.
func parseFields(names []string) (set fields, ok bool) {
	if len(names) == 0 {
		return allFields, true
	}
	for _, n := range names {
		f, known := fieldNamed[n]
		if i := slices.IndexFunc(catalog.Traits, func(t catalog.Trait) bool { return "place."+t.Key == n }); i >= 0 {
			f, known = traitField(i), true
		}
		if !known {
			return 0, false
		}
		set |= f
	}
	return set, true
}
