package archtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHouse holds the laws on this module's tree.
func TestHouse(t *testing.T) {
	t.Parallel()
	root, module := moduleRoot(t)
	problems, err := Check(os.DirFS(root), module, Table)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Error(problem)
	}
}

// moduleRoot is the folder of go.mod above the working folder, and the module's name.
func moduleRoot(t *testing.T) (dir, module string) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			first, _, _ := strings.Cut(string(text), "\n")
			return dir, strings.TrimSpace(strings.TrimPrefix(first, "module "))
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the working folder")
		}
		dir = parent
	}
}
