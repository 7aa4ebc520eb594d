package identity

import "context"

// Gateway carries messages to phones, which are E.164.
type Gateway interface {
	// SendCode hands a one-time code over for delivery.
	SendCode(ctx context.Context, phone, code string) error
	// SendText hands over a text that holds no secret. It is in one language.
	SendText(ctx context.Context, phone, text string) error
}

// Language is one that people are written to in.
type Language string

// The languages.
const (
	English Language = "en"
	Chinese Language = "zh"
)
