//go:build !linux

package worker

import "os/exec"

// bind is for Linux: elsewhere a worker ends when its input does.
func bind(*exec.Cmd) {}
