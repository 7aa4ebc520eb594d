package cornertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Pid is the program's process.
func (s *Server) Pid() int { return s.cmd.Process.Pid }

// Children are the processes that a process has started, and theirs, as /proc tells.
func Children(t testing.TB, pid int) []int {
	t.Helper()
	var all []int
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		list, err := os.ReadFile(task)
		if err != nil {
			continue // it has ended
		}
		for _, field := range strings.Fields(string(list)) {
			child, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			all = append(append(all, child), Children(t, child)...)
		}
	}
	return all
}

// Memory is what the program and the processes it has started take at present, in bytes: what it has
// resident itself, and of the others, which come and go, the most that they ever had.
func (s *Server) Memory(t testing.TB) int64 {
	t.Helper()
	sum := resident(s.Pid(), "VmRSS")
	for _, pid := range Children(t, s.Pid()) {
		sum += resident(pid, "VmHWM")
	}
	return sum
}

// resident is a figure of /proc/…/status, 0 of a process that has ended.
func resident(pid int, figure string) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, line, _ := strings.Cut(string(status), "\n"+figure+":")
	var kb int64
	if _, err := fmt.Sscan(line, &kb); err != nil {
		return 0
	}
	return kb << 10
}

// PeakMemory is the most that Memory is while work goes on.
func (s *Server) PeakMemory(t testing.TB, work func()) int64 {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	var peak int64
	for {
		select {
		case <-done:
			return peak
		case <-look.C:
			peak = max(peak, s.Memory(t))
		}
	}
}

// Runs reports whether a process is there and has not ended.
func Runs(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z") && !strings.HasPrefix(state, "X")
}
