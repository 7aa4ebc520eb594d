package privacysql_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"corner/identity"
	"corner/privacy"
	"corner/store"
	"corner/store/privacysql"
	"corner/store/storetest"
)

// column is one of the schema.
type column struct {
	table, name string
	number      bool
	flag        bool
}

// schema is every column that the migrations make.
func schema(t *testing.T, db *store.DB) (all []column) {
	t.Helper()
	query := `SELECT m.name, p.name, p.type FROM sqlite_schema m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2`
	if db.Dialect() == "postgres" {
		query = `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`
	}
	rows, err := db.Rows(t.Context(), query)
	err = store.Each(rows, err, func(r store.Scanner) error {
		var c column
		var kind string
		err := r.Scan(&c.table, &c.name, &kind)
		kind = strings.ToLower(kind)
		c.number = strings.Contains(kind, "int") || strings.Contains(kind, "double") || strings.Contains(kind, "real")
		c.flag = strings.Contains(kind, "bool")
		all = append(all, c)
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("read the schema: %d columns, %v", len(all), err)
	}
	return all
}

// TestEveryColumnIsInTheRegister: whoever adds a column says what it holds of a person, for how long, and what an erasure does
// with it, or that it holds nothing of one.
func TestEveryColumnIsInTheRegister(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		known := map[string]bool{}
		for _, r := range privacy.Register {
			if r.Purpose == "" || r.Kept == "" {
				t.Errorf("an entry of %s has no purpose or no period", r.Table)
			}
			for _, c := range r.Columns {
				known[r.Table+"."+c.Name] = true
			}
			for _, name := range strings.FieldsFunc(r.Owner, func(c rune) bool { return c != '_' && (c < 'a' || c > 'z') }) {
				known[r.Table+"."+name] = true
			}
		}
		for table, names := range privacy.Impersonal {
			for _, name := range names {
				if known[table+"."+name] {
					t.Errorf("%s.%s is in the register, and among what holds nothing of a person", table, name)
				}
				known[table+"."+name] = true
			}
		}
		there := map[string]bool{}
		for _, c := range schema(t, db) {
			there[c.table+"."+c.name] = true
			if !known[c.table+"."+c.name] && !slices.Contains(privacy.WithoutPerson, c.table) {
				t.Errorf(
					"%s.%s is not in privacy.Register: what does it hold of a person, how long, and what does an erasure do with it?",
					c.table,
					c.name,
				)
			}
		}
		for _, r := range privacy.Register {
			for _, c := range r.Columns {
				if !there[r.Table+"."+c.Name] {
					t.Errorf("the register names %s.%s, which is not there", r.Table, c.Name)
				}
			}
		}
	})
}

// TestRegisterIsIndexed: what is one person's is found without reading everybody's.
func TestRegisterIsIndexed(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite")
	for i := range privacy.Register {
		r := &privacy.Register[i]
		read := slices.ContainsFunc(r.Columns, func(c privacy.Column) bool { return c.As != privacy.Inside || c.To != "" }) || r.Delete
		if !read || r.Table == "categories" { // of which there are few
			continue
		}
		args := []any{"usr_1"}
		if strings.Contains(r.Owner, "$2") {
			args = append(args, "+86")
		}
		rows, err := db.Rows(t.Context(), `EXPLAIN QUERY PLAN SELECT 1 FROM `+r.Table+` WHERE `+r.Owner, args...)
		err = store.Each(rows, err, func(row store.Scanner) error {
			var id, parent, unused int
			var plan string
			err := row.Scan(&id, &parent, &unused, &plan)
			if strings.HasPrefix(plan, "SCAN") {
				t.Errorf("%s where %s reads the whole table: %s", r.Table, r.Owner, plan)
			}
			return err
		})
		if err != nil {
			t.Errorf("explain %s: %v", r.Table, err)
		}
	}
}

// person fills every table of the register with one row of a person's, and says by what each column is known again.
type person struct {
	t     *testing.T
	db    *store.DB
	user  string
	marks map[string]string // by table and column, as text
}

// references are the columns that must name rows that are there.
func (p *person) references() map[string]string {
	return map[string]string{
		"merchant_id": "mer_" + p.user, "place_id": "plc_" + p.user, "service_id": "svc_" + p.user, "visit_id": "vis_" + p.user,
		"booking_id": "bkg_" + p.user, "case_id": "cas_" + p.user,
	}
}

var rowIDs = map[string]string{
	"bookings":  "bkg_",
	"visits":    "vis_",
	"cases":     "cas_",
	"merchants": "mer_",
	"places":    "plc_",
	"services":  "svc_",
}

// order is that in which rows can refer to each other.
var order = []string{
	"users",
	"sessions",
	"merchants",
	"staff",
	"operators",
	"places",
	"services",
	"bookings",
	"visits",
	"reviews",
	"ratings",
	"idempotency_keys",
	"invitations",
	"place_history",
	"categories",
	"claims",
	"cases",
	"reports",
	"decisions",
	"events",
}

func (p *person) fill(all []column) {
	p.t.Helper()
	tables := slices.Clone(order)
	for _, r := range privacy.Register { // those that came after this test was written
		if !slices.Contains(tables, r.Table) {
			tables = append(tables, r.Table)
		}
	}
	for _, table := range tables {
		var names []string
		var args []any
		for i, c := range all {
			if c.table != table {
				continue
			}
			names, args = append(names, c.name), append(args, p.value(table, c, int64(i)))
		}
		p.exec(`INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES `+store.Values(1, 1, len(names)), args...)
	}
}

func (p *person) value(table string, c column, n int64) any {
	key := table + "." + c.name
	refers, is := p.references()[c.name]
	owner := slices.ContainsFunc(privacy.Register, func(r privacy.Rows) bool {
		return r.Table == table && regexp.MustCompile(`\b`+c.name+` = \$1`).MatchString(r.Owner)
	})
	switch {
	case key == "sessions.ended_at",
		key == "users.erased_at",
		key == "users.suspended_at",
		key == "reviews.hidden_at",
		key == "merchants.closed_at":
		return 0
	case key == "cases.event_id":
		return nil
	case owner:
		return p.user
	case is:
		return refers
	case c.name == "id" && rowIDs[table] != "":
		p.marks[key] = rowIDs[table] + p.user
		return rowIDs[table] + p.user
	case key == "staff.role":
		return 3
	case c.name == "state":
		return "decided"
	case c.flag:
		return false
	case c.number:
		value := 1_700_000_000_000_000 + 1_000_000*(n+1_000*int64(len(p.user)))
		p.marks[key] = fmt.Sprint(value)
		return value
	}
	if table == "invitations" && c.name == "phone" {
		p.marks[key] = p.marks["users.phone"]
		return p.marks["users.phone"]
	}
	p.marks[key] = strings.ReplaceAll("mark-"+table+"-"+c.name+"-"+p.user, "_", "~")
	return p.marks[key]
}

// exec runs a statement, for there is no port that leaves out the rules.
func (p *person) exec(query string, args ...any) {
	p.t.Helper()
	err := p.db.Write(p.t.Context(), func(t *store.Tx) error {
		_, err := t.Exec(p.t.Context(), query, args...)
		return err
	})
	if err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
}

// TestExportAndErase: over every column of the register, an export shows the person's and nobody else's, and an erasure leaves what it says
// and nothing else.
func TestExportAndErase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		all := schema(t, db)
		me := &person{t, db, "usr_00000000000000000000000001", map[string]string{}}
		other := &person{t, db, "usr_000000000000000000000000002", map[string]string{}}
		me.fill(all)
		other.fill(all)
		s := privacysql.Store{DB: db}
		parts, err := s.Export(t.Context(), identity.UserID(me.user))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(parts)
		if err != nil {
			t.Fatal(err)
		}
		shown := string(raw)
		for _, r := range privacy.Register {
			for _, c := range r.Columns {
				key := r.Table + "." + c.Name
				mark := as(c, me.marks[key])
				if mark != "" && strings.Contains(shown, mark) == (c.As == privacy.Inside) {
					t.Errorf("the export shows %s: %v", key, c.As == privacy.Inside)
				}
				if mark := as(c, other.marks[key]); mark != "" && strings.Contains(shown, mark) {
					t.Errorf("the export shows somebody else's %s", key)
				}
			}
		}

		before := rowsOf(t, db, other.user)
		now := time.Now()
		refusal := errors.New("no")
		err = s.Erase(t.Context(), identity.UserID(me.user), now, func(h privacy.Hanging) error {
			if h.Alone != 1 {
				t.Errorf("%d businesses would have no owner, want 1", h.Alone)
			}
			return refusal
		})
		if !errors.Is(err, refusal) || !strings.Contains(dump(t, db), me.marks["users.phone"]) {
			t.Fatalf("an erasure that is refused: %v", err)
		}
		for range 2 { // again changes nothing
			if err := s.Erase(t.Context(), identity.UserID(me.user), now, nil); err != nil {
				t.Fatal(err)
			}
		}
		left := dump(t, db)
		for _, r := range privacy.Register {
			for _, c := range r.Columns {
				key := r.Table + "." + c.Name
				goes := r.Delete || c.To != "" || removed(r.Table)
				if mark := me.marks[key]; mark != "" && goes && strings.Contains(left, mark) {
					t.Errorf("after the erasure %s is there still", key)
				} else if mark != "" && !goes && !strings.Contains(left, mark) && r.Table != "reviews" {
					t.Errorf("after the erasure %s is gone, and was to stay", key)
				}
			}
		}
		for _, line := range before {
			if !strings.Contains(left, line) {
				t.Errorf("the erasure changed somebody else's row: %s", line)
			}
		}
		if ids, err := s.NotErased(t.Context(), []identity.UserID{identity.UserID(me.user), identity.UserID(other.user), "usr_9"}); err != nil ||
			len(ids) != 1 || ids[0] != identity.UserID(other.user) {
			t.Errorf("not erased: %v, %v", ids, err)
		}
		for _, want := range []int{1, 0} {
			ids, err := s.Unlisted(t.Context(), 10)
			if err != nil || len(ids) != want || want == 1 && ids[0] != identity.UserID(me.user) {
				t.Errorf("not listed: %v, %v; want %d", ids, err, want)
			}
			if err := s.Listed(t.Context(), ids); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// removed reports whether an erasure removes rows of a table that are the person's for some reason; those here are so for every one.
func removed(table string) bool {
	return slices.ContainsFunc(privacy.Register, func(r privacy.Rows) bool { return r.Table == table && r.Delete })
}

// as is a mark as an export shows it.
func as(c privacy.Column, mark string) string {
	var micros int64
	if _, err := fmt.Sscan(mark, &micros); err == nil && c.As == privacy.Instant {
		return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano)
	}
	return mark
}

func dump(t *testing.T, db *store.DB) string {
	t.Helper()
	return strings.Join(storetest.Dump(t, db), "\n")
}

func rowsOf(t *testing.T, db *store.DB, user string) (lines []string) {
	t.Helper()
	for _, line := range storetest.Dump(t, db) {
		if strings.Contains(line, user) && !strings.HasPrefix(line, "locks ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestLooksOutliveWhoLooked: what an erased person looked at at work stays for whom it was; the looks at themselves go.
func TestLooksOutliveWhoLooked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		me := &person{t, db, "usr_00000000000000000000000001", map[string]string{}}
		other := &person{t, db, "usr_000000000000000000000000002", map[string]string{}}
		all := schema(t, db)
		me.fill(all)
		other.fill(all)
		const look = `INSERT INTO looks (id, user_id, by_id, merchant_id, what, subject_id, hour, at) VALUES ($1, $2, $3, '', 'case', 'cas_1', 1, 1)`
		me.exec(look, "lok_by_me", other.user, me.user)
		me.exec(look, "lok_at_me", me.user, other.user)
		if err := (privacysql.Store{DB: db}).Erase(t.Context(), identity.UserID(me.user), time.Now(), nil); err != nil {
			t.Fatal(err)
		}
		left := dump(t, db)
		if !strings.Contains(left, "lok_by_me") || strings.Contains(left, "lok_at_me") {
			t.Errorf("after the erasure the look by me is there: %v, the one at me: %v; want the first alone",
				strings.Contains(left, "lok_by_me"), strings.Contains(left, "lok_at_me"))
		}
	})
}
