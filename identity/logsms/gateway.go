package logsms

import (
	"context"
	"fmt"
	"io"
	"sync"

	"corner/identity"
)

// Gateway prints "code for +8613800138000: 123456" and "text for +8613800138000: …" on
// Out.
type Gateway struct {
	Out io.Writer

	mu sync.Mutex // a line is one write, and lines do not mix
}

var _ identity.Gateway = (*Gateway)(nil)

// SendCode implements identity.Gateway.
func (g *Gateway) SendCode(_ context.Context, phone, code string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, err := fmt.Fprintf(g.Out, "code for %s: %s\n", phone, code)
	return err
}

// SendText implements identity.Gateway.
func (g *Gateway) SendText(_ context.Context, phone, text string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, err := fmt.Fprintf(g.Out, "text for %s: %s\n", phone, text)
	return err
}
