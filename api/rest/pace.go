package rest

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// How slowly a body may come: a phone in a basement has 10 kB/s, and who sends less than 1 kB/s
// holds a connection for nothing.
const (
	paceWindow = 10 * time.Second
	paceBytes  = 10 << 10 // in each window
)

// BodyWithin is how long a JSON body may take to arrive: 600 kB at 10 kB/s. The deadline of the
// answer counts from then.
const BodyWithin = time.Minute

// pace reads a body that must come fast enough, and wholly before end. Where nobody can set a
// deadline (in tests without a server), nobody waits either.
type pace struct {
	r     io.Reader
	conn  *http.ResponseController
	end   time.Time
	began time.Time // of this window
	got   int       // in this window
}

func newPace(r io.Reader, w http.ResponseWriter, within time.Duration) *pace {
	now := time.Now() // what the connection goes by, whatever clock the rooms have
	return &pace{r: r, conn: http.NewResponseController(w), end: now.Add(within), began: now}
}

// Read implements io.Reader; too slow a body is ErrTooSlow.
func (p *pace) Read(b []byte) (int, error) {
	deadline := p.began.Add(paceWindow)
	if p.end.Before(deadline) {
		deadline = p.end
	}
	_ = p.conn.SetReadDeadline(deadline)
	n, err := p.r.Read(b)
	if p.got += n; p.got >= paceBytes {
		p.began, p.got = time.Now(), 0
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return n, ErrTooSlow
	}
	return n, err
}
