package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// source is one Go file of a room.
type source struct {
	path     string
	pkg      string
	test     bool // a _test.go file
	external bool // of package x_test
	file     *ast.File
	imports  map[string]string // local name → import path
	fset     *token.FileSet
}

// at names a place in the file for people.
func (s *source) at(pos token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.fset.Position(pos).Line)
}

// rooms parses all Go files below fsys, by folder. Build tags do not matter: a law holds
// on every system.
func rooms(fsys fs.FS) (map[string][]*source, error) {
	found := map[string][]*source{}
	fset := token.NewFileSet()
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := path.Base(name); entry.IsDir() {
			if name != "." && (base == "testdata" || base == "vendor" || base == "node_modules" || base[0] == '.' || base[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		s, err := parse(fsys, fset, name)
		if err == nil {
			found[path.Dir(name)] = append(found[path.Dir(name)], s)
		}
		return err
	})
	return found, err
}

func parse(fsys fs.FS, fset *token.FileSet, name string) (*source, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	s := &source{path: name, pkg: file.Name.Name, file: file, fset: fset, imports: map[string]string{}}
	s.test = strings.HasSuffix(name, "_test.go")
	s.external = s.test && strings.HasSuffix(s.pkg, "_test")
	for _, spec := range file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		local := path.Base(target)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		s.imports[local] = target
	}
	return s, nil
}
