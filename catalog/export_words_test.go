package catalog

import (
	"maps"
	"slices"
)

// WordKeys is the categories that have words beside their labels.
func WordKeys() []string { return slices.Sorted(maps.Keys(categoryWords)) }
