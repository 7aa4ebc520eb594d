package rediskv_test

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// answering is a server that says the same to everything.
func answering(t *testing.T, reply string) (addr string) {
	t.Helper()
	p := &proxy{addr: "127.0.0.1:0", serve: func(c net.Conn) {
		buf := make([]byte, 4096)
		for {
			n, err := c.Read(buf)
			if err != nil {
				return
			}
			// One reply a command: each is an array, and "*" begins no argument of these tests.
			if _, err := io.WriteString(c, strings.Repeat(reply, strings.Count(string(buf[:n]), "*"))); err != nil {
				return
			}
		}
	}}
	p.start(t)
	t.Cleanup(p.stop)
	return p.addr
}

// proxy stands before a server and can be stopped as if the server were.
type proxy struct {
	addr  string
	serve func(net.Conn)

	l     net.Listener
	mu    sync.Mutex
	conns []net.Conn
	wg    sync.WaitGroup
}

func newProxy(t *testing.T, target string) *proxy {
	t.Helper()
	p := &proxy{addr: "127.0.0.1:0"}
	p.serve = func(c net.Conn) {
		far, err := net.Dial("tcp", target)
		if err != nil {
			return
		}
		p.wg.Go(func() {
			_, _ = io.Copy(c, far)
			_ = c.Close()
		})
		_, _ = io.Copy(far, c)
		_ = far.Close()
	}
	p.start(t)
	t.Cleanup(p.stop)
	return p
}

func (p *proxy) start(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	p.l, p.addr = l, l.Addr().String()
	p.wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.mu.Lock()
			p.conns = append(p.conns, c)
			p.mu.Unlock()
			p.wg.Go(func() {
				p.serve(c)
				_ = c.Close()
			})
		}
	})
}

func (p *proxy) stop() {
	_ = p.l.Close()
	p.mu.Lock()
	for _, c := range p.conns {
		_ = c.Close()
	}
	p.conns = nil
	p.mu.Unlock()
	p.wg.Wait()
}
