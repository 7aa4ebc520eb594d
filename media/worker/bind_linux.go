package worker

import (
	"os/exec"
	"syscall"
)

// bind makes a worker end with this process, however that ends, and not with what a terminal sends to
// everything in it: uploads under way are finished while the server stops. For the system it ends with
// the thread that started it; Go ends a thread only when a goroutine bound to it ends, and here none is.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
