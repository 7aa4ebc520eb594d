package archtest

// Layer is the kind of a room.
type Layer string

// The layers.
const (
	Vocabulary Layer = "vocabulary" // words all rooms share; all above it may import it
	Domain     Layer = "domain"     // rules of the business
	Suite      Layer = "suite"      // a port's contract, run by its adapters' tests
	Adapter    Layer = "adapter"    // a technology behind a port
	Transport  Layer = "transport"  // the outside's way in
	Command    Layer = "command"    // the only place where parts are wired
	Testing    Layer = "testing"    // support of tests alone
)

// Row says what a room may import besides the standard library and the vocabulary, and
// why.
type Row struct {
	Room    string   // its folder, from the module's root
	Layer   Layer    // what kind it is
	Rooms   []string // rooms of the module it may import, all above it in the table
	Modules []string // import path prefixes of others' modules
	Why     string   // the reason, one sentence
}

// embedded are the rooms any external test may import beside suites and test support: the
// defaults, which tests use where others use fakes, and the town to fill them with.
var embedded = []string{
	"store",
	"store/identitysql",
	"store/catalogsql",
	"store/mediasql",
	"store/bookingsql",
	"store/visitsql",
	"store/reviewsql",
	"store/discoverysql",
	"kv/memkv",
	"index/memindex",
	"media/cloudblob",
	"internal/town",
}

// testModules are what tests and suites may use in every room.
var testModules = []string{
	"github.com/google/go-cmp",
	"pgregory.net/rapid",
	"go.uber.org/goleak",
	"github.com/anishathalye/porcupine",
}
