package main

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"corner/identity"
)

// secretFile is where the secrets are that no setting names.
func (c *Config) secretFile() string { return filepath.Join(c.Data, "secret") }

// secrets is the setting, apart.
func (c *Config) secrets() [][]byte { return splitSecrets(c.Secret) }

func splitSecrets(list string) [][]byte {
	var all [][]byte
	for s := range strings.SplitSeq(list, ",") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, []byte(s))
		}
	}
	return all
}

// theSecrets is the setting, or what the data folder has, made at the first start.
func (c *Config) theSecrets() ([][]byte, error) {
	if s := c.secrets(); len(s) > 0 {
		return s, nil
	}
	if b, err := os.ReadFile(c.secretFile()); err == nil {
		if len(splitSecrets(string(b))) == 0 {
			return nil, fmt.Errorf("%s is empty; delete it to have a new one made", c.secretFile())
		}
		return splitSecrets(string(b)), nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	// Of two processes that start at once one makes it, and the other takes that.
	if err := c.writeSecrets(freshSecret(), os.Link); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	b, err := os.ReadFile(c.secretFile())
	return splitSecrets(string(b)), err
}

func freshSecret() string { return rand.Text() + rand.Text() }

// writeSecrets writes the file whole, under another name, and gives it its name by
// put, so that nobody reads half of it.
func (c *Config) writeSecrets(list string, put func(draft, path string) error) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(c.Data, "secret-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(list)
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return put(draft.Name(), c.secretFile())
}

// keysOf draws everything that is made of the secrets: identity's keys, and those of
// the codes on consumers' phones.
func keysOf(secrets [][]byte) (keys *identity.Keys, codeKeys [][]byte, err error) {
	if keys, err = identity.NewKeys(secrets...); err != nil {
		return nil, nil, fmt.Errorf("the secret: %w", err)
	}
	for _, s := range secrets {
		k, err := hkdf.Key(sha256.New, s, nil, "corner booking codes", 32)
		if err != nil {
			return nil, nil, fmt.Errorf("the secret: %w", err)
		}
		codeKeys = append(codeKeys, k)
	}
	return keys, codeKeys, nil
}
