package worker

import (
	"os/exec"
	"syscall"
)

// bind makes a worker end with this process, however that ends, and not with what a terminal sends to
// everything in it: uploads under way are finished while the server stops.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
