package cornertest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Setup is what a server runs on. The zero Setup is the embedded default in an empty
// data folder.
type Setup struct {
	Data     string // folder; "": a fresh one
	Database string // URL; "": SQLite in Data
	Index    string // URL; "": in process
	Cache    string // URL; "": in process
	Command  string // "": serve
	SMS      string // --sms; "": codes are printed; "unset": not given
	// Race takes the program with the race detector, if the test has it: for tests of
	// rivals. Such a program takes 12 s of a core to load the map of time zones.
	Race    bool
	Capped  bool     // the caps and quotas of docs/security.md are the default ones
	Args    []string // more flags
	Program string   // path of another program than this checkout's
}

// Server is a running program.
type Server struct {
	URL   string // http://127.0.0.1:port
	Setup Setup

	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended and its output is read

	mu     sync.Mutex
	output []string // lines of both outputs
	more   chan struct{}
}

// Patience is how long a test waits for what takes a moment: generous, for a busy
// machine under the race detector.
const Patience = 60 * time.Second

// Start runs the program, waits until it listens, and stops it with the test.
func Start(t testing.TB, setup Setup) *Server {
	t.Helper()
	if setup.Data == "" {
		setup.Data = t.TempDir()
	}
	s := &Server{Setup: setup}
	s.start(t)
	t.Cleanup(func() {
		s.Stop(t)
		if t.Failed() {
			t.Logf("what the server said:\n%s", s.Output())
		}
	})
	return s
}

var listening = regexp.MustCompile(`msg=listening address=(\S+)`)

func (s *Server) start(t testing.TB) {
	t.Helper()
	command := s.Setup.Command
	if command == "" {
		command = "serve"
	}
	args := append([]string{command, "--listen=127.0.0.1:0", "--data=" + s.Setup.Data, "--rate-limit=0"}, s.Setup.Args...)
	for flag, value := range map[string]string{"database": s.Setup.Database, "index": s.Setup.Index, "cache": s.Setup.Cache} {
		if value != "" {
			args = append(args, "--"+flag+"="+value)
		}
	}
	switch s.Setup.SMS {
	case "":
		args = append(args, "--sms=log:")
	case "unset":
	default:
		args = append(args, "--sms="+s.Setup.SMS)
	}
	s.cmd = exec.CommandContext(context.Background(), binary(t, &s.Setup), args...) // ended by Stop, which waits
	s.cmd.Env = append(os.Environ(), "CORNER_DRAIN_DELAY=0s", "GORACE=halt_on_error=1 exitcode=66")
	// A test is hundreds of people behind one address, and a few people do what a town would. As
	// variables, for the program before does not know them.
	if !s.Setup.Capped {
		for _, name := range []string{
			"MESSAGES_PER_ADDRESS", "FAILURES_PER_ADDRESS", "OVERLAPPING_BOOKINGS", "OPEN_BOOKINGS", "HOLD_RENEWALS", "MERCHANTS_PER_PERSON",
			"OPEN_CLAIMS", "NEW_ACCOUNT_CLAIMS", "NEW_ACCOUNT_LISTINGS",
		} {
			s.cmd.Env = append(s.cmd.Env, "CORNER_"+name+"=100000")
		}
	}
	r, w := io.Pipe()
	s.cmd.Stdout, s.cmd.Stderr = w, w
	s.cmd.WaitDelay = 5 * time.Second
	s.done, s.more = make(chan struct{}), make(chan struct{}, 1)
	if err := s.cmd.Start(); err != nil {
		t.Fatalf("start corner: %v", err)
	}
	go s.read(r)
	go func() {
		_ = s.cmd.Wait()
		_ = w.Close()
	}()
	s.URL = "http://" + s.Await(t, listening)
}

func (s *Server) read(r io.Reader) {
	defer close(s.done)
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		s.mu.Lock()
		s.output = append(s.output, lines.Text())
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
	}
}

// Output is everything the program has printed so far.
func (s *Server) Output() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.output, "\n")
}

// Await waits for a line that matches and returns its last one's first group.
func (s *Server) Await(t testing.TB, line *regexp.Regexp) string {
	t.Helper()
	return s.await(t, line, 0)
}

// await is Await for lines after the first n.
func (s *Server) await(t testing.TB, line *regexp.Regexp, n int) string {
	t.Helper()
	deadline := time.After(Patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		s.mu.Lock()
		for i := len(s.output) - 1; i >= n; i-- {
			if m := line.FindStringSubmatch(s.output[i]); m != nil {
				s.mu.Unlock()
				return m[1]
			}
		}
		s.mu.Unlock()
		select {
		case <-s.more:
		case <-tick.C: // somebody else may have taken the signal
		case <-s.done:
			t.Fatalf("corner ended before it printed %q:\n%s", line, s.Output())
		case <-deadline:
			t.Fatalf("corner did not print %q in %s:\n%s", line, Patience, s.Output())
		}
	}
}

// Stop asks the program to stop and waits for it; it fails the test when the program
// ends with an error.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.ended() {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.done:
	case <-time.After(Patience):
		_ = s.cmd.Process.Kill()
		<-s.done
		t.Errorf("corner did not stop in %s", Patience)
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("corner ended with status %d:\n%s", code, s.Output())
	}
}

// Signal tells the program to stop, and does not wait for it.
func (s *Server) Signal(t testing.TB) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatalf("signal: %v", err)
	}
}

// Kill ends the program as a power cut would: kill -9.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatalf("kill: %v", err)
	}
	<-s.done
}

// Ready waits until the program says that it can serve without keeping anybody waiting.
func (s *Server) Ready(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(Patience); ; time.Sleep(20 * time.Millisecond) {
		a := s.Anybody().Get(t, "/readyz").Want(t, http.StatusOK, http.StatusServiceUnavailable)
		if a.Status == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("corner is not ready in %s: %s", Patience, a.Body)
		}
	}
}

// Restart starts a stopped or killed program on the same data.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.mu.Lock()
	s.output = nil
	s.mu.Unlock()
	s.start(t)
}

func (s *Server) ended() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// Run runs a command of the program to its end, on the server's data, and returns
// what it printed.
func (s *Server) Run(t testing.TB, args ...string) string {
	t.Helper()
	return Run(t, s.Setup, args...)
}

// Run runs a command of the program to its end.
func Run(t testing.TB, setup Setup, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	args = append(args, "--data="+setup.Data)
	for flag, value := range map[string]string{"database": setup.Database, "index": setup.Index, "cache": setup.Cache} {
		if value != "" {
			args = append(args, "--"+flag+"="+value)
		}
	}
	cmd := exec.CommandContext(ctx, binary(t, &setup), args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("corner %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// RunFails runs a command of the program that must fail, and returns what it said.
func RunFails(t testing.TB, setup Setup, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	args = append(args, "--data="+setup.Data)
	out, err := exec.CommandContext(ctx, binary(t, &setup), args...).CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); !failed || ctx.Err() != nil {
		t.Errorf("corner %s: %v, want it to fail\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// client has a deadline for every call, and connections enough for hundreds of
// rivals.
var client = &http.Client{
	Timeout:   Patience,
	Transport: &http.Transport{MaxIdleConnsPerHost: 256, MaxConnsPerHost: 256},
}

// Code asks for a code, and returns it with its challenge; an older program knows none.
func (s *Server) Code(t testing.TB, number string) (challenge, code string) {
	t.Helper()
	s.mu.Lock()
	printed := len(s.output) // a code from before is another challenge's
	s.mu.Unlock()
	sent := s.Anybody().Post(t, "/v1/auth/codes", fmt.Sprintf(`{"phone": %q}`, number)).Want(t, http.StatusAccepted)
	code = s.await(t, regexp.MustCompile(`^code for `+regexp.QuoteMeta(number)+`: (\d{6})$`), printed)
	if s.Setup.Program == "" {
		challenge = sent.Text(t, "challenge_id")
	}
	return challenge, code
}

// SignIn signs a phone in and returns it.
func (s *Server) SignIn(t testing.TB, number string) *Phone {
	t.Helper()
	p := &Phone{URL: s.URL, Number: number}
	challenge, code := s.Code(t, number)
	body := fmt.Sprintf(`{"phone": %q, "code": %q}`, number, code)
	if challenge != "" {
		body = fmt.Sprintf(`{"challenge_id": %q, "phone": %q, "code": %q}`, challenge, number, code)
	}
	a := p.Post(t, "/v1/auth/tokens", body).Want(t, http.StatusOK, http.StatusCreated)
	p.Token, p.Refresh, p.User = a.Text(t, "access_token"), a.Text(t, "refresh_token"), a.Text(t, "user_id")
	p.Device = a.Text(t, "device")
	return p
}

// Anybody is a phone that nobody has signed in on.
func (s *Server) Anybody() *Phone { return &Phone{URL: s.URL} }
