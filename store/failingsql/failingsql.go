// Package failingsql is a participant for tests: it takes part in every step of a
// stake, writes down that it did, in a table of its own, and fails at the step that it
// is told. It stands where the store of a coupon or of a ledger will stand.
package failingsql

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corner/store"
	"corner/store/takingsql"
	"corner/taking"
)

// Kind is what it answers for.
const Kind taking.Kind = "failing"

// Step is one of the calls of a takingsql.Participant.
type Step string

// The steps.
const (
	Standing Step = "standing"
	Claim    Step = "claim"
	Firm     Step = "firm"
	Swap     Step = "swap"
	End      Step = "end"
	Reverse  Step = "reverse"
)

// ErrStep is how it fails.
var ErrStep = errors.New("the participant fails at this step, as it was told")

// Participant fails at the step FailAt; "" never. What it did before it failed is
// written by then, and must be gone afterwards.
type Participant struct{ FailAt *Step }

var _ takingsql.Participant = Participant{}

// Create makes its table.
func Create(ctx context.Context, db *store.DB) error {
	return db.Write(ctx, func(t *store.Tx) error {
		_, err := t.Exec(ctx, `CREATE TABLE failing_steps (stake TEXT NOT NULL, ref TEXT NOT NULL, step TEXT NOT NULL, n BIGINT NOT NULL)`)
		return err
	})
}

// Done is "ref step" of the steps that it did and that were committed, in order.
func Done(ctx context.Context, db *store.DB, stake string) ([]string, error) {
	rows, err := db.Rows(ctx, `SELECT ref || ' ' || step FROM failing_steps WHERE stake = $1 ORDER BY n`, stake)
	return store.CollectStrings(rows, err)
}

func (p Participant) do(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, step Step, what string) error {
	_, err := t.Exec(ctx, `INSERT INTO failing_steps (stake, ref, step, n) SELECT $1, $2, $3, count(*) FROM failing_steps`,
		s.ID, of.Ref.ID, string(step)+what)
	if err != nil {
		return fmt.Errorf("write down a step: %w", err)
	}
	if p.FailAt != nil && *p.FailAt == step {
		return ErrStep
	}
	return nil
}

// Standing implements takingsql.Participant.
func (p Participant) Standing(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, _ time.Time) (taking.Standing, error) {
	return taking.Standing{Ref: of.Ref}, p.do(ctx, t, s, of, Standing, "")
}

// Claim implements takingsql.Participant.
func (p Participant) Claim(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	return p.do(ctx, t, s, of, Claim, "")
}

// Firm implements takingsql.Participant.
func (p Participant) Firm(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking) error {
	return p.do(ctx, t, s, of, Firm, "")
}

// Swap implements takingsql.Participant.
func (p Participant) Swap(ctx context.Context, t *store.Tx, s *taking.Stake, _, is taking.Taking) error {
	return p.do(ctx, t, s, is, Swap, "")
}

// End implements takingsql.Participant.
func (p Participant) End(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, o taking.Outcome) error {
	return p.do(ctx, t, s, of, End, " "+string(o))
}

// Reverse implements takingsql.Participant.
func (p Participant) Reverse(ctx context.Context, t *store.Tx, s *taking.Stake, of taking.Taking, o taking.Outcome) error {
	return p.do(ctx, t, s, of, Reverse, " "+string(o))
}
