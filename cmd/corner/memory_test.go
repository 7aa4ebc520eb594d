package main

import (
	"io/fs"
	"testing"
)

// TestMemoryThere: the machine's memory, or what the control group or one above it leaves of it.
func TestMemoryThere(t *testing.T) {
	t.Parallel()
	const machine = "MemTotal:        8388608 kB\nMemFree: 1 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"elsewhere than on Linux": {nil, (defaultPhotoMemory + restOfServer) << 20},
		"no group":                {map[string]string{"/proc/meminfo": machine}, 8 << 30},
		"no limit": {map[string]string{
			"/proc/meminfo": machine, "/proc/self/cgroup": "0::/a.slice/b\n", "/sys/fs/cgroup/a.slice/b/memory.max": "max\n",
		}, 8 << 30},
		"version 2": {map[string]string{
			"/proc/meminfo": machine, "/proc/self/cgroup": "0::/a.slice/b\n", "/sys/fs/cgroup/a.slice/b/memory.max": "536870912\n",
		}, 512 << 20},
		"a group above": {map[string]string{
			"/proc/meminfo": machine, "/proc/self/cgroup": "0::/a.slice/b\n", "/sys/fs/cgroup/a.slice/b/memory.max": "max\n",
			"/sys/fs/cgroup/a.slice/memory.max": "1073741824\n",
		}, 1 << 30},
		"a container": {map[string]string{
			"/proc/meminfo": machine, "/proc/self/cgroup": "0::/../../docker/1234\n", "/sys/fs/cgroup/memory.max": "536870912\n",
		}, 512 << 20},
		"version 1": {map[string]string{
			"/proc/meminfo": machine, "/proc/self/cgroup": "5:cpu:/\n4:memory:/docker/1234\n0::/\n",
			"/sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912\n",
		}, 512 << 20},
		"version 1 without a limit": {map[string]string{
			"/proc/meminfo": machine, "/proc/self/cgroup": "4:memory:/\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
		}, 8 << 30},
		"nonsense": {map[string]string{"/proc/meminfo": "MemTotal:", "/proc/self/cgroup": "\n::\n0\n"}, (defaultPhotoMemory + restOfServer) << 20},
	} {
		got := memoryThere(func(path string) ([]byte, error) {
			text, ok := c.files[path]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return []byte(text), nil
		})
		if got != c.want {
			t.Errorf("%s: got %d MB, want %d", name, got>>20, c.want>>20)
		}
	}
}

// TestPhotoMemory: with 384 MB, which is what a server of 512 MB has, the usual pictures of 50 megapixels
// can be developed.
func TestPhotoMemory(t *testing.T) {
	t.Parallel()
	for mb, want := range map[int]photoMemory{384: {64 << 20, 320 << 20}, 4096: {320 << 20, (4096 - 320) << 20}} {
		if got := (&Config{PhotoMemory: mb}).photoMemory(); got != want {
			t.Errorf("%d MB: got %+v, want %+v", mb, got, want)
		}
	}
	if got := (&Config{}).photoMemory(); got.uploads+got.workers < minPhotoMemory<<20 || got.uploads+got.workers > defaultPhotoMemory<<20 {
		t.Errorf("by default: got %+v, want between %d and %d MB", got, minPhotoMemory, defaultPhotoMemory)
	}
}
