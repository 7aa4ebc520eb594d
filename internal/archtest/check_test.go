package archtest

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// small is a module of six rooms.
var small = []Row{
	{"money", Vocabulary, nil, nil, "amounts"},
	{"shop", Domain, nil, of("example.org/phones"), "sells"},
	{"shop/shoptest", Suite, of("shop"), nil, "shop's contract"},
	{"store", Adapter, of("shop"), of("example.org/sql/v2"), "keeps"},
	{"api", Transport, of("shop"), nil, "serves"},
	{"cmd/app", Command, of("store", "api"), nil, "wires"},
}

// tree is the small module in good order, with some files on top. A text of "-" takes
// the file away.
func tree(files map[string]string) fstest.MapFS {
	all := map[string]string{
		"money/doc.go":         "// Package money is amounts.\npackage money",
		"shop/doc.go":          "// Package shop sells.\npackage shop",
		"shop/shop.go":         "package shop\nimport (\"time\"; \"mod/money\"; \"example.org/phones/zh\")\ntype Shop struct { Now func() time.Time; Price money.Amount; Phone zh.Phone }",
		"shop/shop_test.go":    "package shop_test\nimport (\"time\"; \"mod/shop\"; \"mod/store\"; \"mod/shop/shoptest\"; \"github.com/google/go-cmp/cmp\")\nvar _ = time.Now",
		"shop/in_test.go":      "package shop\nimport \"pgregory.net/rapid\"",
		"shop/shoptest/a.go":   "// Package shoptest is the contract.\npackage shoptest\nimport (\"testing\"; \"mod/shop\"; \"github.com/google/go-cmp/cmp\")",
		"store/store.go":       "// Package store keeps.\npackage store\nimport (\"database/sql\"; \"mod/shop\"; \"mod/money\"; _ \"example.org/sql/v2/driver\")",
		"api/api.go":           "// Package api serves.\npackage api\nimport (\"net/http\"; \"mod/shop\")\nvar _ = http.NewServeMux",
		"cmd/app/main.go":      "// Command app wires.\npackage main\nimport (\"time\"; \"log/slog\"; \"mod/api\"; \"mod/store\")\nvar _ = time.Now\nvar _ = slog.Default",
		"shop/testdata/bad.go": "not Go at all",
		".git/x.go":            "not Go either",
		"docs/readme.md":       "# no Go",
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		if text != "-" {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return fsys
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		files map[string]string
		want  string // a part of the one problem; empty for none
	}{
		{"in good order", nil, ""},
		{
			"a pointer in the domain",
			map[string]string{"shop/a.go": "package shop\nfunc check(ok bool, at string) {}\nfunc _() { check(true, \"/price/amount\") }"},
			"is where a request has a value",
		},
		{
			"a parameter in the domain",
			map[string]string{"shop/a.go": "package shop\nfunc check(ok bool, at string) {}\nfunc _() { check(true, \"?radius\") }"},
			"is where a request has a value",
		},
		{"a room without a row", map[string]string{"offers/doc.go": "// Package offers.\npackage offers"}, "offers: no row"},
		{"a room without a row, tests only", map[string]string{"offers/a_test.go": "package offers"}, "offers: no row"},
		{"the root is a room too", map[string]string{"deps.go": "// Package mod.\npackage mod"}, ".: no row"},
		{"a row without a room", map[string]string{"api/api.go": "-"}, "api: the table has a row"},
		{"no package comment", map[string]string{"shop/doc.go": "package shop"}, "shop: the package has no comment"},
		{"a licence is no package comment", map[string]string{"shop/doc.go": "// Copyright.\n\npackage shop"}, "shop: the package has no comment"},
		{"an external test's comment does not count", map[string]string{"shop/doc.go": "-", "shop/x_test.go": "// Package shop.\npackage shop_test"}, "shop: the package has no comment"},

		{"the order turns back", map[string]string{"shop/x.go": "package shop\nimport \"mod/store\""}, "shop/x.go:2: shop may not import mod/store: its row does not name it"},
		{"an in-package test of the domain imports store", map[string]string{"shop/x_test.go": "package shop\nimport \"mod/store\""}, "only tests of an external package"},
		{"an external test imports api", map[string]string{"shop/x_test.go": "package shop_test\nimport \"mod/api\""}, "shop may not import mod/api"},
		{"vocabulary imports the domain", map[string]string{"money/x.go": "package money\nimport \"mod/shop\""}, "money may not import mod/shop"},
		{"an adapter imports transport", map[string]string{"store/x.go": "package store\nimport \"mod/api\""}, "store may not import mod/api"},
		{"transport imports an adapter", map[string]string{"api/x.go": "package api\nimport s \"mod/store\""}, "api may not import mod/store"},
		{"an unknown room", map[string]string{"api/x.go": "package api\nimport \"mod/nowhere\""}, "mod/nowhere: it has no row"},
		{"the module's root", map[string]string{"api/x.go": "package api\nimport \"mod\""}, "api may not import mod: it has no row"},
		{"a technology in the wrong room", map[string]string{"api/x.go": "package api\nimport \"example.org/sql/v2\""}, "api may not import example.org/sql/v2: a technology"},
		{"a neighbour by name of an allowed module", map[string]string{"shop/x.go": "package shop\nimport \"example.org/phonesbook\""}, "shop may not import example.org/phonesbook"},
		{"a test's library in the product", map[string]string{"shop/x.go": "package shop\nimport \"pgregory.net/rapid\""}, "shop may not import pgregory.net/rapid"},
		{"a technology in the wrong test", map[string]string{"shop/x_test.go": "package shop_test\nimport \"example.org/sql/v2\""}, "shop may not import example.org/sql/v2"},
		{"build tags hide nothing", map[string]string{"shop/x_windows.go": "//go:build never\n\npackage shop\nimport \"mod/api\""}, "shop may not import mod/api"},
		{"a dot import", map[string]string{"store/x.go": "package store\nimport . \"mod/shop\""}, "by a dot"},
		{"cgo", map[string]string{"store/x.go": "package store\nimport \"C\""}, "store may not import C: cgo"},
		{"SQL in the domain", map[string]string{"shop/x.go": "package shop\nimport \"database/sql\""}, "shop may not import database/sql"},
		{"HTTP in the domain", map[string]string{"shop/x.go": "package shop\nimport \"net/http\""}, "shop may not import net/http"},
		{"the old log", map[string]string{"store/x.go": "package store\nimport \"log\""}, "store may not import log"},

		{"time.Now called", map[string]string{"shop/x.go": "package shop\nimport \"time\"\nfunc f() { _ = time.Now() }"}, "shop/x.go:3: time.Now"},
		{"time.Now as a value", map[string]string{"shop/x.go": "package shop\nimport \"time\"\nvar now = time.Now"}, "time.Now"},
		{"time.Now by another name", map[string]string{"shop/x.go": "package shop\nimport clock \"time\"\nvar now = clock.Now"}, "clock.Now"},
		{"time.Since", map[string]string{"shop/x.go": "package shop\nimport \"time\"\nfunc f(t time.Time) { _ = time.Since(t) }"}, "time.Since"},
		{"the default client", map[string]string{"store/x.go": "package store\nimport \"net/http\"\nvar c = http.DefaultClient"}, "http.DefaultClient"},
		{"the default client, hidden", map[string]string{"cmd/app/x.go": "package main\nimport \"net/http\"\nfunc f() { http.Get(\"x\") }"}, "http.Get"},
		{"the default logger", map[string]string{"api/x.go": "package api\nimport \"log/slog\"\nfunc f() { slog.Info(\"x\") }"}, "slog.Info"},
		{"an idle name", map[string]string{"shop/shoptest/a.go": "// Package utils.\npackage utils"}, "shop/shoptest: a package named utils says nothing"},

		{"a float in money", map[string]string{"money/x.go": "package money\ntype Rate float64"}, "money/x.go:2: money knows no float64"},
		{"a float in money's function", map[string]string{"money/x.go": "package money\nfunc f(c int64) { _ = float32(c) }"}, "money knows no float32"},
		{"a fraction in money", map[string]string{"money/x.go": "package money\nconst cut = 0.5"}, "money knows no fraction 0.5"},
		{"a float parsed in money", map[string]string{"money/x.go": "package money\nimport \"strconv\"\nvar f = strconv.ParseFloat"}, "strconv.ParseFloat"},
		{"a float in money's test", map[string]string{"money/x_test.go": "package money\nvar f float64 = 0.5"}, ""},
		{"a float elsewhere", map[string]string{"shop/x.go": "package shop\nvar f float64 = 0.5"}, ""},
		{"a field named Now of another thing", map[string]string{"shop/x.go": "package shop\nfunc f(s Shop) { _ = s.Now() }"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			problems, err := Check(tree(tc.files), "mod", small)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, problems, tc.want)
		})
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		row  Row // put after the small module's rows
		want string
	}{
		{"two rows", Row{"shop", Domain, nil, nil, "again"}, "shop: two rows"},
		{"no reason", Row{"x", Domain, nil, nil, " "}, "x: its row gives no reason"},
		{"a row below", Row{"x", Domain, of("y"), nil, "turns back"}, "x: its row names y, which is not above it"},
		{"itself", Row{"x", Domain, of("x"), nil, "circles"}, "x: its row names x, which is not above it"},
		{"vocabulary on domain", Row{"x", Vocabulary, of("shop"), nil, "talks"}, "x: vocabulary may not import shop"},
		{"domain on adapter", Row{"x", Domain, of("store"), nil, "leaks"}, "x: a domain room may not import store"},
		{"domain on suite", Row{"x", Domain, of("shop/shoptest"), nil, "tests"}, "x: a domain room may not import shop/shoptest"},
		{"adapter on adapter", Row{"x", Adapter, of("store"), nil, "leans"}, "x: only a command may import store"},
		{"adapter on transport", Row{"x", Adapter, of("api"), nil, "leans"}, "x: only a command may import api"},
		{"test support on adapter", Row{"x", Testing, of("store"), nil, "opens a fresh one"}, "x: its row allows store, which it does not need"},
		{"a room it does not import", Row{"x", Domain, of("shop"), nil, "sells too"}, "x: its row allows shop, which it does not need"},
		{"a module it does not import", Row{"x", Domain, nil, of("example.org/x"), "sells too"}, "x: its row allows example.org/x, which it does not need"},
		{"a room that all may import", Row{"x", Domain, of("money"), nil, "sells too"}, "x: its row allows money, which it does not need"},
		{"in good order", Row{"x", Adapter, nil, nil, "keeps"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			fsys := tree(map[string]string{"x/doc.go": "// Package x.\npackage x"})
			if tc.row.Room != "x" {
				delete(fsys, "x/doc.go")
			}
			problems, err := Check(fsys, "mod", append(slices.Clone(small), tc.row))
			if err != nil {
				t.Fatal(err)
			}
			// A second row for shop takes the first one's place, which breaks its imports too.
			problems = slices.DeleteFunc(problems, func(p string) bool { return strings.Contains(p, "example.org/phones") })
			expect(t, problems, tc.want)
		})
	}
}

func TestCheckOfBrokenGo(t *testing.T) {
	t.Parallel()
	if _, err := Check(tree(map[string]string{"shop/x.go": "package"}), "mod", small); err == nil {
		t.Error("got no error for a file that does not parse")
	}
}

// expect wants no problem, or one with a text. A file that a case breaks may leave its row
// with more than it needs: that is only looked at where it is what the case is about.
func expect(t *testing.T, problems []string, want string) {
	t.Helper()
	const needless = "which it does not need"
	if want != "" && !strings.Contains(want, needless) {
		problems = slices.DeleteFunc(problems, func(p string) bool { return strings.Contains(p, needless) })
	}
	switch {
	case want == "" && len(problems) != 0:
		t.Errorf("got %q, want none", problems)
	case want != "" && (len(problems) != 1 || !strings.Contains(problems[0], want)):
		t.Errorf("got %q, want one with %q", problems, want)
	}
}
