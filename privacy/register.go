package privacy

import "time"

// As says how a column is shown in an export.
type As int

// The ways to show a column.
const (
	Plain   As = iota // as it is
	Instant           // microseconds since 1970, shown as RFC 3339; 0 is none
	Inside            // not shown: it is a secret or a number of ours, and erased all the same
)

// Column is one that holds something of a person.
type Column struct {
	Name string
	As   As
	// To is what an erasure makes of it, as SQL, where the row stays: "" leaves it, with no person
	// behind it.
	To string
}

// Rows are those of a table that are of one person, for one reason.
type Rows struct {
	Table   string
	Owner   string // the condition, as SQL: $1 is the person's id, $2 the telephone number
	Purpose string
	Kept    string // how long, and why
	// For is after how long rows are purged; 0 where something else than time ends their keeping.
	For     time.Duration
	Delete  bool // an erasure removes the rows
	Columns []Column
}

// Stays reports whether an erasure leaves the rows, with no person behind them.
func (r *Rows) Stays() bool { return !r.Delete && r.Table != "users" }

const day = 24 * time.Hour

const blank = "''"

// The periods.
const (
	untilErased  = "until the account is deleted"
	books        = "as long as the business must keep its books; without a person once the account is deleted"
	placeHistory = "as long as there is the place; without a person once the account is deleted"
)

func plain(names ...string) (list []Column) {
	for _, n := range names {
		list = append(list, Column{Name: n})
	}
	return list
}

func at(names ...string) (list []Column) {
	for _, n := range names {
		list = append(list, Column{Name: n, As: Instant})
	}
	return list
}

func columns(parts ...[]Column) (all []Column) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// Register is everything that is kept of people, in the order in which an erasure goes through it.
var Register = []Rows{
	{
		Table: "sessions", Owner: "user_id = $1", Purpose: "signing in", Kept: "a month after it ended", For: 30 * day, Delete: true,
		Columns: columns(plain("id", "device", "device_name"), at("created_at", "rotated_at", "expires_at", "ended_at", "factor_at")),
	},
	{
		Table: "factors", Owner: "user_id = $1", Purpose: "your second factor", Kept: untilErased, Delete: true,
		Columns: columns(at("confirmed_at", "created_at"), []Column{
			{Name: "sealed", As: Inside}, {Name: "sealed_by", As: Inside}, {Name: "step", As: Inside}, {Name: "recovery", As: Inside},
		}),
	},
	{
		Table: "idempotency_keys", Owner: "owner = $1", Purpose: "calls that come again", Kept: "a day", For: day, Delete: true,
		Columns: columns(plain("op", "subject"), []Column{{Name: "token", As: Inside}, {Name: "input", As: Inside}}, at("created_at")),
	},
	{
		Table: "notices", Owner: "user_id = $1", Purpose: "what you were told", Kept: "half a year", For: 180 * day, Delete: true,
		Columns: columns(plain("id", "kind", "subject", "place_id", "place_name", "detail"), []Column{{Name: "event_id", As: Inside}},
			at("read_at", "created_at")),
	},
	{
		Table: "uploads", Owner: "user_id = $1", Purpose: "photos that you are sending", Kept: "a day", For: day, Delete: true,
		Columns: columns(plain("id", "place_id", "service_id", "kind", "caption", "bytes", "received", "photo_id"),
			[]Column{{Name: "pieces", As: Inside}}, at("created_at", "expires_at")),
	},
	{
		Table: "staff", Owner: "user_id = $1", Purpose: "what you may do for a business", Kept: untilErased, Delete: true,
		Columns: columns(plain("merchant_id", "role"), at("since")),
	},
	{
		Table: "staff_places", Owner: "user_id = $1", Purpose: "where you may do it, if not everywhere", Kept: untilErased, Delete: true,
		Columns: plain("merchant_id", "place_id"),
	},
	{
		Table: "operators", Owner: "user_id = $1", Purpose: "that you run this server", Kept: untilErased, Delete: true,
		Columns: at("since"),
	},
	{
		Table: "invitations", Owner: "phone = $2 OR user_id = $1 AND user_id <> ''", Purpose: "who asked you to work for them", Kept: untilErased,
		Columns: columns([]Column{{Name: "phone", To: blank}}, plain("id", "merchant_id", "role", "state"),
			at("told_at", "expires_at", "settled_at", "created_at")),
	},
	{
		Table: "invitations", Owner: "by_id = $1", Purpose: "whom you asked to work for a business", Kept: books,
		Columns: columns(plain("id", "merchant_id", "role", "state"), at("created_at")),
	},
	{
		Table: "reviews", Owner: "author_id = $1", Purpose: "what you said of places", Kept: untilErased, Delete: true,
		Columns: columns(plain("id", "visit_id", "place_id", "stars", "body"), at("created_at", "hidden_at")),
	},
	{
		Table: "bookings", Owner: "user_id = $1", Purpose: "what you booked", Kept: books,
		Columns: columns(plain("id", "merchant_id", "place_id", "service_id", "state", "party", "price", "currency", "payment", "deposit",
			"deposit_currency"), at("start_at", "end_at", "created_at", "updated_at"),
			[]Column{{Name: "ref", As: Inside}}),
	},
	{
		Table: "visits", Owner: "user_id = $1", Purpose: "where you were", Kept: books,
		Columns: columns(plain("id", "booking_id", "merchant_id", "place_id", "service_id", "party", "price", "currency", "source"),
			at("confirmed_at")),
	},
	{
		Table: "visits", Owner: "staff_id = $1", Purpose: "visits that you confirmed at work", Kept: books,
		Columns: columns(plain("id", "merchant_id", "place_id"), at("confirmed_at")),
	},
	{
		Table: "place_history", Owner: "actor_id = $1", Purpose: "what you changed of places", Kept: placeHistory,
		Columns: columns(plain("place_id", "seq", "kind"), at("at")),
	},
	{
		Table: "categories", Owner: "added_by = $1 OR changed_by = $1", Purpose: "categories that you added", Kept: placeHistory,
		Columns: columns(plain("key"), at("created_at", "updated_at")),
	},
	{
		Table: "claims", Owner: "user_id = $1", Purpose: "what you claimed", Kept: placeHistory,
		Columns: columns(plain("id", "place_id", "merchant_id", "state", "reason"), []Column{{Name: "evidence", To: blank}},
			at("created_at", "settled_at")),
	},
	{
		Table: "claims", Owner: "settled_by = $1 AND settled_by <> ''", Purpose: "claims that you decided", Kept: placeHistory,
		Columns: columns(plain("id", "place_id", "state"), at("settled_at")),
	},
	{
		Table:   "reports",
		Owner:   "user_id = $1",
		Purpose: "what you reported",
		Kept:    "as long as the case; without a person once the account is deleted",
		Columns: columns([]Column{{Name: "user_id", As: Inside, To: blank}}, plain("id", "reason"), at("created_at")),
	},
	{
		Table: "cases", Owner: "user_id = $1 AND user_id <> ''", Purpose: "what operators looked at that concerned you", Kept: placeHistory,
		Columns: columns(plain("id", "kind", "state", "subject_kind", "subject_id", "action", "reason"), at("opened_at", "decided_at")),
	},
	{
		Table: "cases", Owner: "decided_by = $1 AND decided_by <> ''", Purpose: "cases that you decided last", Kept: placeHistory,
		Columns: columns(plain("id", "action"), at("decided_at")),
	},
	{
		Table: "decisions", Owner: "user_id = $1", Purpose: "what you decided", Kept: placeHistory,
		Columns: columns(plain("id", "case_id", "action", "reason"), at("created_at")),
	},
	{
		Table: "looks", Owner: "user_id = $1", Purpose: "telling you who looked at your data", Kept: "180 days", For: 180 * day, Delete: true,
		Columns: columns(plain("id", "merchant_id", "what", "subject_id"), at("at")),
	},
	{
		Table:   "looks",
		Owner:   "by_id = $1",
		Purpose: "whose data you looked at, at work",
		Kept:    "180 days, or until their account is deleted",
		For:     180 * day,
		Columns: columns(plain("id", "merchant_id", "what", "subject_id"), at("at")),
	},
	{
		Table: "events", Owner: "user_id = $1 OR actor_id = $1", Purpose: "telling other parts of the program what happened, by ids alone",
		Kept: "a week after it was told", For: 7 * day,
		Columns: []Column{{Name: "id", As: Inside}, {Name: "kind", As: Inside}, {Name: "at", As: Inside}},
	},
	{
		Table: "users", Owner: "id = $1", Purpose: "your account", Kept: untilErased,
		Columns: columns(plain("id"), []Column{
			{Name: "phone", To: "'gone:' || id"},
			{Name: "name", To: blank},
			{Name: "language", To: blank},
			{Name: "next_phone", To: blank},
			{Name: "next_phone_at", As: Instant, To: "0"},
		},
			at("created_at", "suspended_at", "seen_at")),
	},
}

// Impersonal are the columns of tables in the Register that hold nothing of a person.
var Impersonal = map[string][]string{
	"sessions":      {"generation"},
	"bookings":      {"zone", "expires_at", "visit_id", "version", "cancel_free", "cancel_fee", "takes", "buffer_before", "buffer_after"},
	"visits":        {"code"},
	"place_history": {"subject", "version", "changes"},
	"categories":    {"number", "parent", "en", "zh", "words", "version"},
	"claims":        {"phone", "seq"}, // of the listing
	"cases":         {"place_id", "merchant_id", "reports", "event_id"},
	"decisions":     {"into_id", "since"},
	"events":        {"subject", "merchant_id", "place_id"},
	"users":         {"version", "erased_at", "listed"},
	"reports":       {"case_id"},
	"factors":       {"version"},
	"looks":         {"hour"},
}

// WithoutPerson are the tables that hold nothing of a person: of businesses, of places, of the machine.
// takings, photos, deliveries and invitation_places belong to rows that are in the Register or to places.
var WithoutPerson = []string{
	"merchants", "places", "services", "photos", "photo_variants", "import_marks", "takings", "ratings", "brand_merchants", "calendars",
	"locks", "deliveries", "consumers", "timers", "schema_migrations", "switches", "invitation_places",
}
