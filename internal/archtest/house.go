package archtest

// House is the table of all rooms, in the order in which arrows may point: up.
var House = []Row{
	{"fault", Vocabulary, nil, nil, "What can go wrong stands below everything that can."},
	{"uid", Vocabulary, nil, nil, "Ids parse, and say what is wrong with one that does not."},
	{"once", Vocabulary, of("fault"), nil, "Idempotency keys parse, and conflict."},
	{"money", Vocabulary, of("fault"), nil, "Amounts of two currencies do not add: a fault."},
	{"geo", Vocabulary, nil, of("github.com/uber/h3-go/v4", "github.com/ringsaturn/tzf"), "The only room with h3-go, and with it cgo; zones come from a map, too."},
	{"walltime", Vocabulary, nil, nil, "Pure calendar arithmetic over time.Location."},
	{"text", Vocabulary, nil, of("github.com/mozillazg/go-pinyin", "golang.org/x/text"), "How what people write is compared: by the catalogue's duplicates and by search."},
	{"event", Vocabulary, of("fault", "uid"), nil, "An event has a sortable id; the relay waits for its workers."},
	{"kv", Vocabulary, nil, nil, "A port that several rooms need, hence a room of its own."},

	{"identity", Domain, nil, of("github.com/golang-jwt/jwt/v5", "github.com/nyaruka/phonenumbers"), "Who acts: the first of the domain, the only room with JWT; people sign in by phone."},
	{"catalog", Domain, of("identity"), nil, "What merchants register, phones included, is theirs by identity."},
	{"catalog/openinghours", Domain, of("catalog"), nil, "OpenStreetMap's opening hours, read into the catalogue's."},
	{"catalog/osm", Domain, of("catalog"), nil, "What OpenStreetMap's tags mean in the tree of categories."},
	{"media", Domain, of("identity", "catalog"), of("golang.org/x/image", "golang.org/x/sync"), "Photos of places and of what they sell: decoded, turned, shrunk, so many at a time."},
	{"taking", Domain, of("identity", "catalog"), nil, "What can be taken, and who has a part in it: below bookings, purchases and all that joins them."},
	{"booking", Domain, of("identity", "catalog", "taking"), nil, "Takes a service's time, at the price the catalog says."},
	{"visits", Domain, of("identity", "catalog", "booking"), nil, "A visit consumes a booking."},
	{"reviews", Domain, of("identity", "catalog", "visits"), nil, "Only who visited reviews."},
	{"discovery", Domain, of("identity", "catalog", "reviews"), nil, "A listing is a place with services, openings and rating."},

	{"internal/expect", Testing, nil, nil, "The words of all suites: what was wanted, what came."},
	{"internal/unmeasured", Testing, nil, nil, "What a test could not look at, told at the end of them all."},
	{"internal/fixtures", Testing, of("internal/unmeasured"), nil, "The test data that may not be copied into the repository."},

	{"kv/kvtest", Suite, nil, nil, "The contract of kv.Store."},
	{"event/eventtest", Suite, of("internal/expect"), nil, "The contract of the outbox."},
	{"identity/identitytest", Suite, of("identity", "internal/expect"), nil, "The contract of identity.Store."},
	{"catalog/catalogtest", Suite, of("identity", "catalog", "internal/expect"), nil, "The contract of catalog.Store."},
	{"media/mediatest", Suite, of("identity", "catalog", "media", "internal/expect", "catalog/catalogtest"), nil, "The contracts of media.Store and media.Blobs, and pictures to upload."},
	{"booking/bookingtest", Suite, of("identity", "catalog", "taking", "booking"), nil, "The contract of booking.Store, on real places."},
	{"visits/visitstest", Suite, of("identity", "booking", "visits", "booking/bookingtest"), nil, "The contract of visits.Store, on real bookings."},
	{"reviews/reviewstest", Suite, of("identity", "visits", "reviews", "booking/bookingtest", "visits/visitstest"), nil, "The contract of reviews.Store, on real visits."},
	{"discovery/discoverytest", Suite, of("identity", "catalog", "reviews", "discovery", "internal/fixtures"), nil, "The contract of discovery.Index."},
	{"discovery/sourcetest", Suite, of("identity", "catalog", "taking", "booking", "visits", "reviews", "discovery", "internal/expect"), nil, "The contract of discovery.Source, on real places and reviews."},

	{"kv/memkv", Adapter, nil, nil, "The embedded default: a map."},
	{"kv/rediskv", Adapter, nil, of("github.com/redis/go-redis/v9"), "The only room with Redis."},
	{"identity/logsms", Adapter, of("identity"), nil, "Codes into the log, for development."},
	{"identity/websms", Adapter, of("identity"), nil, "Codes to an SMS gateway, over net/http."},
	{"catalog/intake", Adapter, of("identity", "catalog", "catalog/openinghours", "catalog/osm"), nil, "Reads files of places into drafts, and imports them."},
	{"media/cloudblob", Adapter, of("media"), of("gocloud.dev"), "The only room with gocloud.dev: blobs in a folder, in S3, in memory."},
	{"index/memindex", Adapter, of("identity", "catalog", "discovery"), nil, "The embedded default: columns in the order of cells."},
	{"index/guarded", Adapter, of("discovery"), of("github.com/sony/gobreaker/v2"), "What an index may cost that is away or slow; the only room with the circuit breaker."},
	{"index/esindex", Adapter, of("identity", "catalog", "reviews", "discovery"), of("github.com/elastic/go-elasticsearch/v8/esapi", "github.com/elastic/elastic-transport-go/v8"), "The only room with Elasticsearch; esapi alone, as the root package costs 40 s to compile."},
	{"store", Adapter, nil, of("github.com/jackc/pgx/v5", "github.com/mattn/go-sqlite3"), "The databases, both drivers, and what the rooms' stores share."},
	{"store/identitysql", Adapter, of("store", "identity"), nil, "Identity's SQL."},
	{"store/catalogsql", Adapter, of("store", "identity", "catalog"), nil, "The catalogue's SQL."},
	{"store/mediasql", Adapter, of("store", "catalog", "media"), nil, "Media's SQL; a photo is hung under its place's row."},
	{"store/takingsql", Adapter, of("store", "catalog", "taking"), nil, "The parts of the one transaction, and the loops over them."},
	{"store/bookingsql", Adapter, of("store", "identity", "catalog", "taking", "booking", "store/takingsql"), nil, "Booking's SQL."},
	{"store/visitsql", Adapter, of("store", "booking", "visits", "store/takingsql", "store/bookingsql"), nil, "The visits' SQL; a visit ends its booking in its transaction."},
	{"store/reviewsql", Adapter, of("store", "catalog", "reviews"), nil, "The reviews' SQL."},
	{"store/discoverysql", Adapter, of("store", "catalog", "discovery", "store/catalogsql", "store/mediasql"), nil, "Listings: a join over the tables of the rooms before."},

	{"internal/recall", Adapter, of("catalog", "discovery"), nil, "What search is asked and must find, over the shared data: the command prints it, a test holds it."},
	{"internal/town", Adapter, of("identity", "catalog", "media", "booking", "visits", "reviews"), nil, "The demo town, made by the domain's own rules."},
	{"internal/bench", Adapter, of("catalog", "reviews", "discovery"), nil, "A world to time an index with, and the times: it asks any discovery.Index."},
	{"store/storetest", Testing, of("store"), nil, "A fresh database of each kind, for the tests of every room with a store."},
	{"store/failingsql", Testing, of("store", "taking", "store/takingsql"), nil, "A participant that fails where it is told."},
	{"internal/archtest", Testing, nil, nil, "This test."},
	{"internal/cornertest", Testing, of("internal/unmeasured"), nil, "Starts the real binary, so it imports none of it."},

	{"api", Transport, of("identity", "catalog", "media", "booking", "visits", "reviews", "discovery"), of("github.com/gin-gonic/gin", "github.com/danielgtaylor/huma/v2", "github.com/prometheus/client_golang", "github.com/prometheus/common/expfmt", "golang.org/x/sync"), "The only room with gin and huma, over the façades; it counts what it answers, and bounds the bytes of uploads under way."},

	{"cmd/corner", Command, of(
		"identity", "catalog", "media", "booking", "visits", "reviews", "discovery", "api", "store", "store/identitysql", "store/catalogsql", "store/mediasql", "store/bookingsql",
		"store/visitsql", "store/reviewsql", "store/discoverysql", "kv/memkv", "kv/rediskv", "index/memindex",
		"index/esindex", "index/guarded", "identity/logsms", "identity/websms", "catalog/intake", "media/cloudblob", "internal/recall", "internal/town", "internal/bench",
	), of("github.com/prometheus/client_golang", "github.com/alecthomas/kong", "github.com/schollz/progressbar/v3"), "Wires everything."},
}

func of(paths ...string) []string { return paths }
