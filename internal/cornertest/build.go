package cornertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// program is the built program: with the race detector, or as users have it.
type program struct {
	race bool
	once sync.Once
	path string
	err  error
}

var plain, raced = program{}, program{race: true}

// binary is the path of the program that setup asks for.
func binary(t testing.TB, setup *Setup) string {
	t.Helper()
	if setup.Program != "" {
		return setup.Program
	}
	return Binary(t, setup.Race)
}

// Binary is the path of the program, built once by this process: as users have it, or
// with the race detector if that is asked for and the test has it.
func Binary(t testing.TB, race bool) string {
	t.Helper()
	p := &plain
	if raceEnabled && race {
		p = &raced
	}
	p.once.Do(p.build)
	if p.err != nil {
		t.Fatal(p.err)
	}
	return p.path
}

func (p *program) build() {
	dir, err := os.MkdirTemp("", "corner-binary-")
	if err != nil {
		p.err = err
		return
	}
	p.path = filepath.Join(dir, "corner")
	args := []string{"build", "-o", p.path}
	if p.race {
		args = append(args, "-race")
	}
	cmd := exec.CommandContext(context.Background(), "go", append(args, "./cmd/corner")...)
	cmd.Dir = root()
	if out, err := cmd.CombinedOutput(); err != nil {
		p.err = fmt.Errorf("build cmd/corner: %w\n%s", err, out)
	}
}

// RemoveBinaries is for TestMain, after the tests.
func RemoveBinaries() {
	for _, p := range []*program{&plain, &raced} {
		if p.path != "" {
			_ = os.RemoveAll(filepath.Dir(p.path))
		}
	}
	if path := previousBinary.path; path != "" {
		_ = os.RemoveAll(filepath.Dir(path))
	}
}

// root is the checkout's folder.
func root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}
