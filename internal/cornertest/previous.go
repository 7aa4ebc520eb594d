package cornertest

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"corner/internal/unmeasured"
)

// previous is the commit of the program before this one: the release that is replaced,
// instance by instance, by what this checkout builds. Whoever releases writes the new
// commit into the file.
//
//go:embed previous
var previous string

var previousBinary struct {
	once sync.Once
	path string
	err  error
}

// Previous is the path of the program before this one, built once by this process from
// the history of this checkout.
func Previous(t testing.TB) string {
	t.Helper()
	commit := strings.TrimSpace(previous)
	if _, err := git("cat-file", "-e", commit+"^{commit}"); err != nil {
		if shallow, err := git("rev-parse", "--is-shallow-repository"); err == nil && shallow == "false" {
			t.Fatalf("the commit of the previous program, %s, is not in this history", commit)
		}
		unmeasured.Skip(t, "whether the previous program works on: this checkout has no history to build it from")
	}
	p := &previousBinary
	p.once.Do(func() { p.path, p.err = buildAt(commit) })
	if p.err != nil {
		t.Fatal(p.err)
	}
	return p.path
}

func git(args ...string) (string, error) {
	cmd := exec.CommandContext(context.Background(), "git", append([]string{"-C", root()}, args...)...)
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// buildAt builds the program as of a commit.
func buildAt(commit string) (string, error) {
	dir, err := os.MkdirTemp("", "corner-previous-")
	if err != nil {
		return "", err
	}
	source := filepath.Join(dir, "source")
	if err := os.Mkdir(source, 0o700); err != nil {
		return "", err
	}
	script := `git -C "$1" archive "$2" | tar -x -C "$3" && cd "$3" && go build -o ../corner ./cmd/corner`
	cmd := exec.CommandContext(context.Background(), "sh", "-c", script, "sh", root(), commit, source)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program of %s: %w\n%s", commit, err, out)
	}
	return filepath.Join(dir, "corner"), nil
}
