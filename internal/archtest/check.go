package archtest

import (
	"fmt"
	"go/ast"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Check reports all breaches of the package's laws in the tree of a module, each as one
// line for people, in order. Its error is that of reading or parsing.
func Check(fsys fs.FS, module string, table []Row) ([]string, error) {
	tree, err := rooms(fsys)
	if err != nil {
		return nil, err
	}
	c := checker{module: module, rows: map[string]Row{}, used: map[allowance]bool{}}
	c.table(table)
	for room, sources := range tree {
		row, known := c.rows[room]
		if !known {
			c.report("%s: no row in the table says what this room may import", room)
			continue
		}
		c.comment(room, sources)
		for _, s := range sources {
			c.names(room, s)
			c.arrows(row, s)
			c.usage(row, s)
			c.spelling(row, s)
		}
	}
	for room := range c.rows {
		if _, there := tree[room]; !there {
			c.report("%s: the table has a row, but the room is gone", room)
		}
	}
	c.unused(table, tree)
	slices.Sort(c.problems)
	return slices.Compact(c.problems), nil
}

type checker struct {
	module   string
	rows     map[string]Row
	used     map[allowance]bool
	problems []string
}

// allowance is one entry of a row: what a room may import because the row says so.
type allowance struct{ room, target string }

// unused reports the allowances without which every import would still be allowed: who reads
// a row must be able to believe it.
func (c *checker) unused(table []Row, tree map[string][]*source) {
	for _, row := range table {
		if _, there := tree[row.Room]; !there {
			continue // reported already
		}
		for _, target := range slices.Concat(row.Rooms, row.Modules) {
			if !c.used[allowance{row.Room, target}] {
				c.report("%s: its row allows %s, which it does not need", row.Room, target)
			}
		}
	}
}

func (c *checker) report(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// table checks the rows against each other, and indexes them.
func (c *checker) table(table []Row) {
	for _, row := range table {
		if _, twice := c.rows[row.Room]; twice {
			c.report("%s: two rows in the table", row.Room)
		}
		if strings.TrimSpace(row.Why) == "" {
			c.report("%s: its row gives no reason", row.Room)
		}
		for _, target := range row.Rooms {
			to, above := c.rows[target]
			switch {
			case !above:
				c.report("%s: its row names %s, which is not above it", row.Room, target)
			case row.Layer == Vocabulary && to.Layer != Vocabulary:
				c.report("%s: vocabulary may not import %s, a room of layer %s", row.Room, target, to.Layer)
			case row.Layer == Domain && to.Layer != Vocabulary && to.Layer != Domain:
				c.report("%s: a domain room may not import %s, a room of layer %s", row.Room, target, to.Layer)
			case row.Layer == to.Layer && (row.Layer == Adapter || row.Layer == Transport) && family(row.Room) == family(to.Room):
				// Parts of one technology, as the stores of the rooms are, or of one way in.
			case row.Layer != Command && row.Layer != Testing && (to.Layer == Adapter || to.Layer == Transport):
				c.report("%s: only a command may import %s, a room of layer %s", row.Room, target, to.Layer)
			}
		}
		c.rows[row.Room] = row
	}
}

// family is the folder at the top in which a room stands.
func family(room string) string {
	first, _, _ := strings.Cut(room, "/")
	return first
}

func (c *checker) comment(room string, sources []*source) {
	for _, s := range sources {
		if !s.external && s.file.Doc != nil && strings.TrimSpace(s.file.Doc.Text()) != "" {
			return
		}
	}
	c.report("%s: the package has no comment", room)
}

// arrows checks what a file imports.
func (c *checker) arrows(row Row, s *source) {
	for _, spec := range s.file.Imports {
		target, _ := strconv.Unquote(spec.Path.Value) // parse has unquoted it before
		if spec.Name != nil && spec.Name.Name == "." {
			c.report("%s: imports %s by a dot, which hides what is used", s.at(spec.Pos()), target)
		}
		if why := c.refuse(row, s, target); why != "" {
			c.report("%s: %s may not import %s: %s", s.at(spec.Pos()), row.Room, target, why)
		}
	}
}

// refuse is why a file of the row's room may not import target, or nothing.
func (c *checker) refuse(row Row, s *source, target string) string {
	if room, own := strings.CutPrefix(target, c.module+"/"); own || target == c.module {
		return c.refuseRoom(row, s, room)
	}
	if first, _, _ := strings.Cut(target, "/"); !strings.Contains(first, ".") {
		return c.refuseStandard(row, s, target)
	}
	if (s.test || row.Layer == Suite || row.Layer == Testing) && within(target, testModules) != "" {
		return ""
	}
	if module := within(target, row.Modules); module != "" {
		c.used[allowance{row.Room, module}] = true
		return ""
	}
	return "a technology lives in one room, and its row does not name this one"
}

func (c *checker) refuseRoom(row Row, s *source, room string) string {
	to, known := c.rows[room]
	switch {
	case !known:
		return "it has no row in the table"
	case room == row.Room && s.external:
		return ""
	case to.Layer == Vocabulary && row.Layer != Vocabulary:
		return ""
	case s.external && (to.Layer == Suite || to.Layer == Testing || to.Layer == Vocabulary || slices.Contains(embedded, room)):
		return ""
	case s.external && row.Layer == Adapter && to.Layer == Domain:
		return "" // what is stored is made by the rules of its room
	case s.test && to.Layer == Testing && c.freestanding(to):
		return ""
	case slices.Contains(row.Rooms, room):
		c.used[allowance{row.Room, room}] = true
		return ""
	case s.test && !s.external && slices.Contains(embedded, room):
		return "only tests of an external package may"
	}
	return "its row does not name it"
}

// freestanding reports whether test support stands on no other room than such: then tests
// within a package may use it, too.
func (c *checker) freestanding(r Row) bool {
	return !slices.ContainsFunc(r.Rooms, func(room string) bool { return c.rows[room].Layer != Testing })
}

func (c *checker) refuseStandard(row Row, s *source, target string) string {
	switch {
	case target == "C":
		return "cgo comes only with h3-go and go-sqlite3"
	case s.test:
		return ""
	case (row.Layer == Domain || row.Layer == Vocabulary) && (target == "net/http" || target == "database/sql"):
		return "transport and SQL know the domain, not the other way round"
	case target == "log" && row.Layer != Command:
		return "log/slog, passed in"
	}
	return ""
}

// within is the prefix that target stands below, or nothing.
func within(target string, prefixes []string) string {
	i := slices.IndexFunc(prefixes, func(p string) bool { return target == p || strings.HasPrefix(target, p+"/") })
	if i < 0 {
		return ""
	}
	return prefixes[i]
}

// idle are package names that do not say what the package does.
var idle = []string{
	"util",
	"utils",
	"common",
	"model",
	"models",
	"type",
	"types",
	"helper",
	"helpers",
	"handler",
	"handlers",
	"service",
	"services",
	"misc",
	"base",
	"shared",
}

func (c *checker) names(room string, s *source) {
	if name := strings.TrimSuffix(s.pkg, "_test"); slices.Contains(idle, name) {
		c.report("%s: a package named %s says nothing; name what it does", room, name)
	}
}

// usage checks what a file does with what it may import.
func (c *checker) usage(row Row, s *source) {
	if s.test {
		return
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok {
				if why := refuseUse(row, s.imports[pkg.Name], n.Sel.Name); why != "" {
					c.report("%s: %s.%s: %s", s.at(n.Pos()), pkg.Name, n.Sel.Name, why)
				}
			}
		case *ast.Ident:
			if row.Room == "money" && (n.Name == "float64" || n.Name == "float32") {
				c.report("%s: money knows no %s", s.at(n.Pos()), n.Name)
			}
		case *ast.BasicLit:
			if row.Room == "money" && n.Kind.String() == "FLOAT" {
				c.report("%s: money knows no fraction %s", s.at(n.Pos()), n.Value)
			}
		}
		return true
	})
}
