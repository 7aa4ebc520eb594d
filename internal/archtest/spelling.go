package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
)

// onTheWire is how the API says where a value is in a request: a JSON pointer, or a query
// parameter behind a question mark.
var onTheWire = regexp.MustCompile(`^[/?][a-z_]+(/[a-z0-9_]+)*/?$`)

// spelling reports a domain room that knows where a request has a value. It calls a value
// by its name, "price.amount"; api knows the rest.
func (c *checker) spelling(row Row, s *source) {
	if s.test || row.Layer != Domain && row.Layer != Vocabulary {
		return
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, arg := range call.Args {
			lit, ok := arg.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				continue
			}
			if text, err := strconv.Unquote(lit.Value); err == nil && onTheWire.MatchString(text) {
				c.report("%s: %s is where a request has a value, which only api knows; a room calls it by its name", s.at(lit.Pos()), lit.Value)
			}
		}
		return true
	})
}
