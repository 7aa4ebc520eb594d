package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"corner/identity"
)

// Config is every setting, from flags and CORNER_… variables. With none, everything
// runs in this one process and keeps its data in one folder.
type Config struct {
	Listen string `env:"CORNER_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on."`
	// Figures are nobody's business but the operator's.
	MetricsAddr string `env:"CORNER_METRICS_ADDR" name:"metrics-addr" placeholder:"HOST:PORT" help:"Address for /metrics alone, which is then not on the other one."`

	Data     string `env:"CORNER_DATA" default:"corner-data" type:"path" placeholder:"FOLDER" help:"Folder for everything kept in files."`
	Database string `env:"CORNER_DATABASE" placeholder:"URL" help:"sqlite:///path/to/file.db or postgres://user:password@host/name. Default: SQLite in the data folder."`
	Index    string `env:"CORNER_INDEX" default:"mem:" placeholder:"URL" help:"Search: mem: (in this process) or the URL of an Elasticsearch 8."`
	Cache    string `env:"CORNER_CACHE" default:"mem:" placeholder:"URL" help:"Limits and one-time codes: mem: (in this process) or redis://host:6379/0."`

	Blobs string `env:"CORNER_BLOBS" placeholder:"URL" help:"Photos: file:///path/to/folder, s3://bucket?region=eu-central-1 or mem: (lost at the end). Default: the folder blobs in the data folder."`

	SMS      string `env:"CORNER_SMS" name:"sms" placeholder:"URL" help:"How messages reach phones: a URL to POST them to, or log: to print them on standard error, one-time codes too, for trying things out. Without it, or with none:, nobody can sign in to serve; demo prints."`
	SMSToken string `env:"CORNER_SMS_TOKEN" name:"sms-token" placeholder:"TOKEN" help:"Bearer token for the SMS URL."`

	AllowPrintedCodes bool `env:"CORNER_ALLOW_PRINTED_CODES" help:"Print one-time codes although others can reach the server: whoever reads its output can sign in as anybody."`

	Secret string `env:"CORNER_SECRET" placeholder:"TEXT" help:"At least 32 characters that all instances share; what tokens and codes are made with. Several, separated by commas: the first one signs, all are taken. Default: made once, in the data folder."`

	HoldFor        time.Duration `env:"CORNER_HOLD_FOR" default:"5m" help:"How long a slot is held before it must be booked."`
	DrainDelay     time.Duration `env:"CORNER_DRAIN_DELAY" default:"2s" help:"How long, when told to stop, /readyz says so before requests are refused."`
	RateLimit      int           `env:"CORNER_RATE_LIMIT" default:"100" placeholder:"N" help:"Requests a second that one client may make, in bursts of ten times as many. 0: no limit."`
	PhotoMemory    int           `env:"CORNER_PHOTO_MEMORY" placeholder:"MB" help:"Memory for pictures that are uploaded: those on their way, and the workers that decode them. With 384 a picture of 50 megapixels is taken, with 640 whatever is taken at all. Default: what the machine or its control group has, less 128 for the rest, at most 1024."`
	TrustedProxies []string      `env:"CORNER_TRUSTED_PROXIES" placeholder:"CIDR" help:"Proxies whose X-Forwarded-For is believed."`
	Caps           capsConfig    `embed:""`
	Quotas         quotasConfig  `embed:""`
	LogJSON        bool          `env:"CORNER_LOG_JSON" name:"log-json" help:"Log as JSON."`
	LogLevel       slog.Level    `env:"CORNER_LOG_LEVEL" default:"INFO" help:"DEBUG, INFO, WARN or ERROR."`
}

// Validate reports every setting that cannot be used; kong calls it.
func (c *Config) Validate() error {
	var faults []error
	bad := func(flag, why string) { faults = append(faults, fmt.Errorf("--%s: %s", flag, why)) }
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		bad("listen", "wants HOST:PORT")
	}
	if _, _, err := net.SplitHostPort(c.MetricsAddr); err != nil && c.MetricsAddr != "" {
		bad("metrics-addr", "wants HOST:PORT")
	}
	if s := scheme(c.Database); s != "" && s != "sqlite" && s != "postgres" && s != "postgresql" {
		bad("database", "begins with sqlite:// or postgres://")
	}
	if s := scheme(c.Index); s != "mem" && s != "http" && s != "https" {
		bad("index", "is mem: or begins with http:// or https://")
	}
	if s := scheme(c.Cache); s != "mem" && s != "redis" && s != "rediss" {
		bad("cache", "is mem: or begins with redis:// or rediss://")
	}
	if s := scheme(c.Blobs); s != "" && s != "file" && s != "s3" && s != "mem" {
		bad("blobs", "is mem: or begins with file:// or s3://")
	}
	if s := scheme(c.SMS); s != "" && s != "log" && s != "none" && s != "http" && s != "https" {
		bad("sms", "is log: or none: or begins with http:// or https://")
	}
	for i, s := range c.secrets() {
		if len(s) < identity.MinSecret {
			bad("secret", fmt.Sprintf("number %d is shorter than %d characters", i+1, identity.MinSecret))
		}
	}
	for _, p := range c.TrustedProxies {
		_, notPrefix := netip.ParsePrefix(p)
		_, notAddr := netip.ParseAddr(p)
		if notPrefix != nil && notAddr != nil {
			bad("trusted-proxies", "are addresses or CIDRs")
		}
	}
	if c.HoldFor < time.Second || c.HoldFor > time.Hour {
		bad("hold-for", "is between a second and an hour")
	}
	if c.DrainDelay < 0 || c.DrainDelay > time.Minute {
		bad("drain-delay", "is between nothing and a minute")
	}
	if c.RateLimit < 0 || c.RateLimit > 100_000 {
		bad("rate-limit", "is between 0 and 100000")
	}
	if c.PhotoMemory != 0 && (c.PhotoMemory < minPhotoMemory || c.PhotoMemory > maxPhotoMemory) {
		bad("photo-memory", fmt.Sprintf("is between %d and %d", minPhotoMemory, maxPhotoMemory))
	}
	for _, f := range slices.Concat(c.Caps.all(), c.Quotas.all()) {
		if f.n < 0 || f.n > maxCap {
			bad(f.name, fmt.Sprintf("is between 1 and %d, or 0 for the default", maxCap))
		}
	}
	return errors.Join(faults...)
}

// scheme is what a URL begins with, "" if there is none; the URL itself may hold a
// password and is never shown.
func scheme(raw string) string {
	s, _, ok := strings.Cut(raw, ":")
	if !ok && raw != "" {
		return "?"
	}
	return s
}

// databaseURL is the setting, or SQLite in the data folder.
func (c *Config) databaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return sqliteURL(filepath.Join(c.Data, "corner.db"))
}

// databaseFile is " PATH" of a SQLite database, for messages; of others nothing, for their URL may
// hold a password.
func (c *Config) databaseFile() string {
	u, err := url.Parse(c.databaseURL())
	if err != nil || u.Scheme != "sqlite" {
		return ""
	}
	return " " + u.Path
}

// blobsURL is the setting, or a folder in the data folder.
func (c *Config) blobsURL() (string, error) {
	if c.Blobs != "" {
		return c.Blobs, nil
	}
	folder, err := filepath.Abs(filepath.Join(c.Data, "blobs"))
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(folder)}).String(), err
}

func sqliteURL(path string) string {
	return (&url.URL{Scheme: "sqlite", Path: path}).String()
}

// logger writes to standard error.
func (c *Config) logger() *slog.Logger {
	o := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, o))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, o))
}
