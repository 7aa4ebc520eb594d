package esindex

import (
	"encoding/json"
	"time"

	"corner/geo"
)

// schema numbers the shape and the meaning of documents; see the laws in doc.go.
const schema = 4

// refreshEvery is how often writes become visible. That it is set at all matters as
// much as how: without, Elasticsearch stops refreshing an index that nobody has
// searched for 30 s, and the next search pays, or misses.
const refreshEvery = 500 * time.Millisecond

// object is JSON written by hand.
type object = map[string]any

// mappings are what documents look like to the engine.
//
// Terms are discovery.TermsOf's, as they are: characters and pairs of them, as
// the engine's cjk_bigram would make, but cut here. An analyzer of the engine (standard,
// cjk_width, lowercase, cjk_bigram with unigrams) says the same for Chinese and Japanese,
// but not for Thai, Lao, Khmer and Myanmar, which it leaves whole, nor for Hangul
// beside Latin letters ("KB국민은행"), which UAX #29 keeps together: of 1,979 names of
// OpenStreetMap 98 came out otherwise. And the folding is ours to change. A term that
// two engines cut differently is a place that only one of them finds.
func mappings() object {
	return object{
		"dynamic": "strict",
		"_meta":   object{"schema": schema},
		// Of the document as it was sent, only the listing is kept, so that a
		// hit carries nothing else.
		"_source": object{"includes": []string{"listing"}},
		"dynamic_templates": []object{
			{"least": object{"path_match": "least.*", "mapping": object{"type": "long", "index": false}}},
		},
		"properties": fields(),
	}
}

func fields() object {
	asked := object{"type": "keyword", "doc_values": false} // only ever asked for
	counted := object{"type": "keyword"}                    // and counted by
	sorted := object{"type": "integer", "index": false}     // only ever sorted by
	degrees := object{"type": "double"}
	minutes := object{"type": "integer_range", "doc_values": false}
	byNumber := object{}
	for res := range geo.FinestRes + 1 {
		byNumber[cellField(res)] = object{"type": "long", "index": false}
	}
	return object{
		"listing":    object{"type": "object", "enabled": false},
		"place":      object{"type": "keyword", "index": false}, // breaks ties in the engine's order
		"live":       object{"type": "boolean", "doc_values": false},
		"at":         object{"type": "geo_point"},
		"lat":        degrees,
		"lng":        degrees,
		"east":       object{"type": "double", "index": false},
		"cells":      asked,
		"cell":       object{"dynamic": "strict", "properties": byNumber},
		"categories": counted,
		"attributes": counted,
		"traits":     counted,
		"brand":      counted,
		"merchant":   asked,
		"terms":      asked,
		// Words with their beginnings indexed too, so that a prefix of two
		// letters need not visit all the words that begin with it.
		"starts": object{
			"type": "text", "analyzer": "keyword", "norms": false, "index_options": "docs",
			"index_prefixes": object{"min_chars": minPrefix, "max_chars": maxPrefix},
		},
		"prices":      object{"type": "long_range", "doc_values": false},
		"least":       object{"type": "object", "dynamic": true},
		"score":       sorted,
		"tenths":      object{"type": "integer"},
		"at_home":     object{"type": "double"},
		"zone":        counted,
		"week_same":   minutes,
		"week_over":   minutes,
		"except_days": object{"type": "integer", "doc_values": false},
		"dated":       object{"type": "long_range", "doc_values": false},
		"closed":      minutes,
	}
}

// Prefixes of these lengths are terms of their own. A prefix of one letter, which is two
// with the kind before it, does not occur.
const minPrefix, maxPrefix = 3, 11

// settings are those of an index being filled.
func settings() object {
	return object{
		// One shard: a million places are a few hundred megabytes, the order of changes
		// (carry.go) is one sequence, and what is counted is counted exactly.
		"number_of_shards":     1,
		"auto_expand_replicas": "0-1", // green on a single node, safe on more
		"refresh_interval":     "-1",
	}
}

// jsonOf writes what cannot fail to be written.
func jsonOf(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("esindex: " + err.Error())
	}
	return b
}
