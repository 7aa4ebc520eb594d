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

var (
	building sync.Once
	binary   string
	errBuild error
)

// Binary is the path of the program, built once by this process; with the race
// detector if the test has it.
func Binary(t testing.TB) string {
	t.Helper()
	building.Do(func() {
		dir, err := os.MkdirTemp("", "corner-binary-")
		if err != nil {
			errBuild = err
			return
		}
		binary = filepath.Join(dir, "corner")
		args := []string{"build", "-o", binary}
		if raceEnabled {
			args = append(args, "-race")
		}
		cmd := exec.CommandContext(context.Background(), "go", append(args, "./cmd/corner")...)
		cmd.Dir = root()
		if out, err := cmd.CombinedOutput(); err != nil {
			errBuild = fmt.Errorf("build cmd/corner: %w\n%s", err, out)
		}
	})
	if errBuild != nil {
		t.Fatal(errBuild)
	}
	return binary
}

// RemoveBinary is for TestMain, after the tests.
func RemoveBinary() {
	if binary != "" {
		_ = os.RemoveAll(filepath.Dir(binary))
	}
}

// root is the checkout's folder.
func root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}
