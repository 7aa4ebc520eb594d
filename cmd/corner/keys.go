package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
)

type keysCmd struct {
	List   keysListCmd   `cmd:"" default:"1" help:"Print the ids of the keys, as they are at /.well-known/jwks.json."`
	Rotate keysRotateCmd `cmd:"" help:"Put a new secret in front; the old ones are still taken."`
	Retire keysRetireCmd `cmd:"" help:"Drop all secrets but the first: what was made under them ends."`
}

type (
	keysListCmd   struct{}
	keysRotateCmd struct{}
	keysRetireCmd struct{}
)

// Run prints which key signs and which are still taken.
func (keysListCmd) Run(c *Config) error {
	secrets, err := c.theSecrets()
	if err != nil {
		return err
	}
	keys, _, err := keysOf(secrets)
	if err != nil {
		return err
	}
	for i, k := range keys.Public() {
		fmt.Println(k.ID, map[bool]string{true: "signs", false: "is taken"}[i == 0])
	}
	return nil
}

// Run adds a secret to the data folder's.
func (keysRotateCmd) Run(c *Config) error {
	secrets, err := c.fileSecrets()
	if err != nil {
		return err
	}
	return c.changeSecrets(append([][]byte{[]byte(freshSecret())}, secrets...))
}

// Run leaves only the first secret in the data folder.
func (keysRetireCmd) Run(c *Config) error {
	secrets, err := c.fileSecrets()
	if err != nil {
		return err
	}
	return c.changeSecrets(secrets[:1])
}

// fileSecrets is the data folder's; a setting is changed where it is set.
func (c *Config) fileSecrets() ([][]byte, error) {
	if c.Secret != "" {
		return nil, errors.New("the secrets are set by --secret or CORNER_SECRET: change them there, the new one first, separated by commas")
	}
	return c.theSecrets()
}

func (c *Config) changeSecrets(secrets [][]byte) error {
	if err := c.writeSecrets(string(bytes.Join(secrets, []byte(","))), os.Rename); err != nil {
		return err
	}
	fmt.Println("written; a running server takes it up when it is started again")
	return keysListCmd{}.Run(c)
}
