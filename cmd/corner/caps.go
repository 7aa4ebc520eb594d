package main

import (
	"errors"
	"net"
	"net/netip"

	"corner/identity"
)

// capsConfig is identity.Caps as flags, with its defaults.
type capsConfig struct {
	MessagesPerAddress int `env:"CORNER_MESSAGES_PER_ADDRESS" default:"20" placeholder:"N" help:"One-time codes a day that one address may have sent, from devices that are not known."`
	MessagesPerNumber  int `env:"CORNER_MESSAGES_PER_NUMBER" default:"40" placeholder:"N" help:"The same for one number."`
	MessagesPerCountry int `env:"CORNER_MESSAGES_PER_COUNTRY" default:"5000" placeholder:"N" help:"The same for all numbers of one country."`
	Messages           int `env:"CORNER_MESSAGES" default:"20000" placeholder:"N" help:"The same in all."`
	MessagesReserve    int `env:"CORNER_MESSAGES_RESERVE" default:"10" placeholder:"N" help:"Codes a day for one number from devices that are known, beside the others."`
	FailuresPerAddress int `env:"CORNER_FAILURES_PER_ADDRESS" default:"50" placeholder:"N" help:"Wrong codes an hour from one address, or one device, before pauses that double."`
	FailuresPerNumber  int `env:"CORNER_FAILURES_PER_NUMBER" default:"100" placeholder:"N" help:"Wrong codes a day for one number, from devices that are not known."`
	Failures           int `env:"CORNER_FAILURES" default:"2000" placeholder:"N" help:"Wrong codes an hour in all; then one try a second."`
	FailuresReserve    int `env:"CORNER_FAILURES_RESERVE" default:"20" placeholder:"N" help:"Wrong codes a day for one number from devices that are known, beside the others."`
}

// maxCap is no limit in practice.
const maxCap = 1_000_000

type capFlag struct {
	name string
	n    int
}

func (c *capsConfig) all() []capFlag {
	return []capFlag{
		{"messages-per-address", c.MessagesPerAddress},
		{"messages-per-number", c.MessagesPerNumber},
		{"messages-per-country", c.MessagesPerCountry},
		{"messages", c.Messages},
		{"messages-reserve", c.MessagesReserve},
		{"failures-per-address", c.FailuresPerAddress},
		{"failures-per-number", c.FailuresPerNumber},
		{"failures", c.Failures},
		{"failures-reserve", c.FailuresReserve},
	}
}

func (c *capsConfig) caps() identity.Caps { return identity.Caps(*c) }

// errPrintedCodes keeps codes of a server that others can reach from being printed by mistake.
var errPrintedCodes = errors.New("--sms=log: prints one-time codes, and --listen is not loopback: whoever reads the output could sign in " +
	"as anybody who comes; set --sms to a gateway, or say --allow-printed-codes")

// checkPrintedCodes is errPrintedCodes if codes would be printed for more than this machine.
func (c *Config) checkPrintedCodes() error {
	if scheme(c.SMS) != "log" || c.AllowPrintedCodes {
		return nil
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return err
	}
	if addr, err := netip.ParseAddr(host); host == "localhost" || err == nil && addr.IsLoopback() {
		return nil
	}
	return errPrintedCodes
}
