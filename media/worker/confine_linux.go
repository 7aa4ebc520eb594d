//go:build !race

package worker

import (
	"fmt"
	"os"
	"syscall"
)

// stacks are what threads reserve and do not use, and what the collector is late with.
const stacks = 192 << 20

// confine ends this process, and no other, when it takes much more memory than it may: it fails to get
// any, and is the first to go when the whole machine has none left.
func confine(memory int64) error {
	most := uint64(memory + stacks)
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		return fmt.Errorf("limit the memory: %w", err)
	}
	// Where it may not, the limit must do.
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0)
	return nil
}
