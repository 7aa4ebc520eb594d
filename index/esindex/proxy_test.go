package esindex_test

import (
	"io"
	"net"
	"sync"
	"testing"
)

// proxy is a line to a server that can be cut.
type proxy struct {
	address, to string
	mu          sync.Mutex
	listener    net.Listener
	lines       []net.Conn
}

func newProxy(t *testing.T, to string) *proxy {
	t.Helper()
	p := &proxy{address: "127.0.0.1:0", to: to}
	p.join(t)
	t.Cleanup(p.cut)
	return p
}

// join listens, on the same address as before.
func (p *proxy) join(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	p.address, p.listener = l.Addr().String(), l
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", p.to)
			if err != nil {
				in.Close()
				continue
			}
			p.mu.Lock()
			p.lines = append(p.lines, in, out)
			p.mu.Unlock()
			go func() { _, _ = io.Copy(out, in); out.Close() }()
			go func() { _, _ = io.Copy(in, out); in.Close() }()
		}
	}()
}

// cut ends all connections and listens no more.
func (p *proxy) cut() {
	p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.lines {
		c.Close()
	}
	p.lines = nil
}
