package identity

import (
	"context"
	"errors"
	"fmt"
)

// Stoppable is a Gateway that the people who run the server can stop: what would be sent meanwhile is
// ErrMessagesStopped.
type Stoppable struct {
	Gateway

	Stopped func() bool
}

// SendCode implements Gateway.
func (s Stoppable) SendCode(ctx context.Context, phone, code string) error {
	if s.Stopped() {
		return ErrMessagesStopped
	}
	return s.Gateway.SendCode(ctx, phone, code)
}

// SendText implements Gateway.
func (s Stoppable) SendText(ctx context.Context, phone, text string) error {
	if s.Stopped() {
		return ErrMessagesStopped
	}
	return s.Gateway.SendText(ctx, phone, text)
}

// canSend says why no message would be sent, before anything is counted or kept for it.
func (a *Accounts) canSend() error {
	if a.Gateway == nil {
		return ErrNoGateway
	}
	if s, ok := a.Gateway.(Stoppable); ok && s.Stopped() {
		return ErrMessagesStopped
	}
	return nil
}

// notSent is why a code was not sent by a gateway that could.
func notSent(err error) error {
	if errors.Is(err, ErrMessagesStopped) {
		return err
	}
	return fmt.Errorf("send a code: %w: %w", ErrSignInAway, err)
}

// sends reports whether a message could be sent now.
func (a *Accounts) sends() bool { return a.canSend() == nil }
