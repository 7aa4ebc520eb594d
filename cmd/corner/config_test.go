package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func usable() Config {
	return Config{Listen: "127.0.0.1:8080", Index: "mem:", Cache: "mem:", SMS: "log:", HoldFor: 5 * time.Minute}
}

func TestValidateNamesEverySetting(t *testing.T) {
	t.Parallel()
	good := usable()
	if err := good.Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	bad := Config{
		Listen:         "8080",
		Database:       "mysql://u:hunter2@h/d",
		Index:          "file:x",
		Cache:          "memcached://hunter2@h",
		Blobs:          "ftp://hunter2@h",
		SMS:            "smtp://hunter2@h",
		Secret:         "hunter2",
		TrustedProxies: []string{"10.0.0.0/8", "proxy"},
		HoldFor:        time.Millisecond,
		RateLimit:      -1,
	}
	err := bad.Validate()
	if err == nil {
		t.Fatal("nothing is wrong with the worst configuration")
	}
	for _, flag := range []string{"listen", "database", "index", "cache", "blobs", "sms", "secret", "trusted-proxies", "hold-for", "rate-limit"} {
		if !strings.Contains(err.Error(), "--"+flag+":") {
			t.Errorf("--%s is not named in: %v", flag, err)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("the error tells a password: %v", err)
	}
}

func TestSecretIsMadeOnce(t *testing.T) {
	t.Parallel()
	c := usable()
	c.Data = filepath.Join(t.TempDir(), "data")
	made := make([][][]byte, 20)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			s, err := c.theSecrets()
			if err != nil {
				t.Errorf("start %d: %v", i, err)
			}
			made[i] = s
		})
	}
	wg.Wait()
	for i, s := range made {
		if len(s) != 1 || !bytes.Equal(s[0], made[0][0]) || len(s[0]) < 32 {
			t.Fatalf("start %d has %d secrets, want the one that all have", i, len(s))
		}
	}
	info, err := os.Stat(filepath.Join(c.Data, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret's file: %v, %v; want nobody else to read it", info.Mode(), err)
	}
	c.Secret = strings.Repeat("a", 32) + ", " + strings.Repeat("b", 32)
	if s, err := c.theSecrets(); err != nil || len(s) != 2 || s[1][0] != 'b' {
		t.Errorf("two secrets in the setting give %d, %v", len(s), err)
	}
}
