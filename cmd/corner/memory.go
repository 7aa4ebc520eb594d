package main

import (
	"os"
	"strconv"
	"strings"
)

// photoMemory is what pictures may take that are uploaded: those on their way, in the server, and the
// workers that develop them.
type photoMemory struct{ uploads, workers int64 }

// Bounds of --photo-memory, in MB. From the least on, the usual pictures of 20 megapixels are developed;
// of the most comes a worker for each of many processors.
const (
	minPhotoMemory     = 256
	maxPhotoMemory     = 65_536
	defaultPhotoMemory = 1_024 // at most, if nothing is said
	restOfServer       = 128   // what else an empty server takes
)

// photoMemory is the setting, or what is there less what the rest takes.
func (c *Config) photoMemory() photoMemory {
	mb := int64(c.PhotoMemory)
	if mb == 0 {
		mb = min(max(memoryThere(os.ReadFile)>>20-restOfServer, minPhotoMemory), defaultPhotoMemory)
	}
	all := mb << 20
	uploads := min(all/6, 320<<20)
	return photoMemory{uploads: uploads, workers: all - uploads}
}

// memoryThere is how many bytes this process may take: what the machine has, or its control group if
// that may take less.
func memoryThere(read func(path string) ([]byte, error)) int64 {
	there := int64(defaultPhotoMemory+restOfServer) << 20
	if info, err := read("/proc/meminfo"); err == nil {
		if kb, ok := number(strings.Fields(after(string(info), "MemTotal:"))); ok {
			there = kb << 10
		}
	}
	groups, err := read("/proc/self/cgroup")
	if err != nil {
		return there
	}
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		folder, limit := "", ""
		switch {
		case parts[1] == "" && parts[0] == "0": // version 2
			folder, limit = "/sys/fs/cgroup", "/memory.max"
		case parts[1] == "memory": // version 1
			folder, limit = "/sys/fs/cgroup/memory", "/memory.limit_in_bytes"
		default:
			continue
		}
		// A group above may have less; within a container the group's own path is not there, and what is
		// there is its root.
		for path := strings.TrimRight(parts[2], "/"); ; path = path[:max(0, strings.LastIndexByte(path, '/'))] {
			if text, err := read(folder + path + limit); err == nil {
				if n, ok := number(strings.Fields(string(text))); ok {
					there = min(there, n)
				}
			}
			if path == "" {
				break
			}
		}
	}
	return there
}

func after(s, mark string) string {
	_, rest, _ := strings.Cut(s, mark)
	return rest
}

// number is the first of some words, if it is one.
func number(words []string) (int64, bool) {
	if len(words) == 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(words[0], 10, 64)
	return n, err == nil
}
