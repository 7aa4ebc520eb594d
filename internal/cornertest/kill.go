package cornertest

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"testing"
	"time"
)

// KillWhen runs a command of the program and kills it with -9 as soon as when is true.
// A command that ends before that fails the test.
func KillWhen(t testing.TB, setup Setup, when func() bool, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	args = append(args, "--data="+setup.Data)
	if setup.Database != "" {
		args = append(args, "--database="+setup.Database)
	}
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, binary(t, &setup), args...)
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatalf("start corner: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for !when() {
		select {
		case <-ended:
			t.Fatalf("corner %s ended before it was killed:\n%s", args[0], output.String())
		case <-look.C:
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatalf("kill: %v", err)
	}
	<-ended
}

// Fail runs a command of the program that ends with an error, and returns what it printed.
func Fail(t testing.TB, setup Setup, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, binary(t, &setup), append(args, "--data="+setup.Data)...).CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); !ended {
		t.Fatalf("corner %s: %v, want it to end with an error:\n%s", args[0], err, out)
	}
	return string(out)
}
