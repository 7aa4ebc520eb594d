package cornertest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Proxy stands between the program and a server that many tests share, so that one
// of them can see what happens when the server goes away.
type Proxy struct {
	Address string // host:port to connect to instead

	target string
	mu     sync.Mutex
	cut    bool
	hung   bool
	open   map[net.Conn]bool
}

// Through is raw, a URL, with a proxy in front of its host.
func Through(t testing.TB, raw string) (*Proxy, string) {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test's own, closed with it
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Address: l.Addr().String(), target: u.Host, open: map[net.Conn]bool{}}
	t.Cleanup(func() {
		_ = l.Close()
		p.Cut()
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(c)
		}
	}()
	u.Host = p.Address
	return p, u.String()
}

func (p *Proxy) carry(c net.Conn) {
	defer c.Close()
	if !p.keep(c, true) {
		return
	}
	defer p.keep(c, false)
	if p.isHung() {
		_, _ = io.Copy(io.Discard, c) // until somebody closes it
		return
	}
	s, err := net.Dial("tcp", p.target) //nolint:noctx // ends with the connection
	if err != nil {
		return
	}
	defer s.Close()
	go func() {
		_, _ = io.Copy(s, c)
		_ = s.Close()
	}()
	_, _ = io.Copy(c, s)
}

// keep remembers an open connection, or forgets it; false when the line is cut.
func (p *Proxy) keep(c net.Conn, open bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if open {
		p.open[c] = true
	} else {
		delete(p.open, c)
	}
	return !p.cut
}

// Cut ends every connection and takes no new ones: the server is away.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = true
	for c := range p.open {
		_ = c.Close()
	}
}

// Hang ends every connection and takes new ones, on which nothing is ever said: the server
// is there, and does not answer.
func (p *Proxy) Hang() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hung = true
	for c := range p.open {
		_ = c.Close()
	}
}

func (p *Proxy) isHung() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hung
}

// Mend lets connections through again.
func (p *Proxy) Mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut, p.hung = false, false
	for c := range p.open {
		_ = c.Close() // those that hang
	}
}
