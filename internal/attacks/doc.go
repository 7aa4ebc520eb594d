// Package attacks tries what docs/security.md promises against, on the real program, over HTTP: each
// class of attack with its smallest case, bounded, so that it runs with every other test.
package attacks
