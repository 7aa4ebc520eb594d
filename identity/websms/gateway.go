package websms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"corner/identity"
)

// Gateway posts codes and texts to URL.
type Gateway struct {
	URL    string
	Token  string // sent as a bearer token, if not empty
	Client *http.Client
}

var _ identity.Gateway = (*Gateway)(nil)

// timeout bounds one call; a phone is waiting.
const timeout = 5 * time.Second

// errRefused does not tell the answer's body: it may repeat the code.
var errRefused = errors.New("the SMS gateway refused the message")

type message struct {
	To   string `json:"to"`
	Code string `json:"code,omitempty"`
	Text string `json:"text"`
}

// SendCode implements identity.Gateway.
func (g *Gateway) SendCode(ctx context.Context, phone, code string) error {
	return g.post(ctx, message{phone, code, fmt.Sprintf("%s is your Corner code, good for 5 minutes. 您的 Corner 验证码为 %s，5 分钟内有效。", code, code)})
}

// SendText implements identity.Gateway.
func (g *Gateway) SendText(ctx context.Context, phone, text string) error {
	return g.post(ctx, message{To: phone, Text: text})
}

func (g *Gateway) post(ctx context.Context, m message) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL, bytes.NewReader(body))
	if err != nil {
		return errors.New("the SMS gateway's URL cannot be used") // it may hold a password
	}
	req.Header.Set("Content-Type", "application/json")
	if g.Token != "" {
		req.Header.Set("Authorization", "Bearer "+g.Token)
	}
	res, err := g.Client.Do(req)
	if err != nil {
		return errors.New("the SMS gateway does not answer")
	}
	defer res.Body.Close()
	_, _ = io.CopyN(io.Discard, res.Body, 64<<10) // so that the connection can be used again
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("%w: status %d", errRefused, res.StatusCode)
	}
	return nil
}
