package logsms_test

import (
	"strings"
	"testing"

	"corner/identity/logsms"
)

func TestSendCodePrintsOneLine(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	g := &logsms.Gateway{Out: &out}
	if err := g.SendCode(t.Context(), "+8613800138000", "123456"); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "code for +8613800138000: 123456\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
