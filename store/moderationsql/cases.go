package moderationsql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"corner/event"
	"corner/idempotency"
	"corner/moderation"
	"corner/store"
)

// Store is moderation.Store in the database.
type Store struct{ DB *store.DB }

var _ moderation.Store = Store{}

const (
	caseColumns = `id, kind, state, subject_kind, subject_id, place_id, merchant_id, user_id, reports, event_id, action, reason, decided_by,
	decided_at, opened_at`
	caseWidth    = 15
	selectCase   = `SELECT ` + caseColumns + ` FROM cases WHERE id = $1`
	selectReport = `SELECT id, case_id, user_id, reason, created_at FROM reports `
)

func scanCase(r store.Scanner) (c moderation.Case, err error) {
	var opened sql.NullString
	err = r.Scan(&c.ID, &c.Kind, &c.State, &c.Subject, &c.SubjectID, &c.Place, &c.Merchant, &c.User, &c.Reports, &opened,
		&c.Last.Action, &c.Last.Reason, &c.Last.By, store.Instant(&c.Last.At), store.Instant(&c.OpenedAt))
	c.Event = event.ID(opened.String)
	return c, err
}

func scanReport(r store.Scanner) (v moderation.Report, err error) {
	return v, r.Scan(&v.ID, &v.Case, &v.By, &v.Reason, store.Instant(&v.CreatedAt))
}

// insert stores a case unless its event has opened one or its subject has one that is open.
func insert(ctx context.Context, t *store.Tx, c *moderation.Case) error {
	opened := sql.NullString{String: string(c.Event), Valid: c.Event != ""}
	_, err := t.Exec(ctx, `INSERT INTO cases (`+caseColumns+`) VALUES `+store.Values(1, 1, caseWidth)+` ON CONFLICT DO NOTHING`,
		string(c.ID), string(c.Kind), string(c.State), string(c.Subject), c.SubjectID, string(c.Place), string(c.Merchant), string(c.User),
		c.Reports, opened, "", "", "", 0, store.Micros(c.OpenedAt))
	return err
}

// Open implements moderation.Store.
func (s Store) Open(ctx context.Context, c moderation.Case) error {
	return s.DB.Write(ctx, func(t *store.Tx) error { return insert(ctx, t, &c) })
}

// Report implements moderation.Store.
func (s Store) Report(
	ctx context.Context, r moderation.Report, c moderation.Case, key idempotency.Key, e event.Event, admit func(today int) error,
) (moderation.Report, error) {
	stored := r
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		first, repeated, err := t.Claim(ctx, key, string(r.ID), r.CreatedAt)
		if err != nil {
			return err
		}
		if repeated {
			stored, err = store.One(t.Row(ctx, selectReport+`WHERE id = $1`, first), scanReport, moderation.ErrNotFound)
			return err
		}
		// The person's reports at one moment count each other.
		if err := t.Lock(ctx, store.UserLock(r.By)); err != nil {
			return err
		}
		c.Reports = 0
		if err := insert(ctx, t, &c); err != nil {
			return err
		}
		// Its row is held from here on, so that a decision comes before or after.
		n, err := t.Exec(ctx, `UPDATE cases SET reports = reports + 1 WHERE kind = $1 AND subject_id = $2 AND state = 'open'`,
			string(c.Kind), c.SubjectID)
		if err == nil && n == 0 {
			err = store.ErrAgain // decided meanwhile
		}
		if err != nil {
			return err
		}
		if err := t.Row(ctx, `SELECT id FROM cases WHERE kind = $1 AND subject_id = $2 AND state = 'open'`, string(c.Kind), c.SubjectID).
			Scan(&stored.Case); err != nil {
			return err
		}
		was, err := scanReport(t.Row(ctx, selectReport+`WHERE case_id = $1 AND user_id = $2`, string(stored.Case), string(r.By)))
		if err == nil {
			stored = was
			if _, err := t.Exec(ctx, `UPDATE cases SET reports = reports - 1 WHERE id = $1`, string(was.Case)); err != nil {
				return err
			}
			return t.Reclaim(ctx, key, string(was.ID))
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		var today int
		if err := t.Row(ctx, `SELECT count(*) FROM reports WHERE user_id = $1 AND created_at > $2`,
			string(r.By), store.Micros(r.CreatedAt.Add(-moderation.Day))).Scan(&today); err != nil {
			return err
		}
		if err := admit(today); err != nil {
			return err
		}
		if _, err := t.Exec(ctx, `INSERT INTO reports (id, case_id, user_id, reason, created_at) VALUES ($1, $2, $3, $4, $5)`,
			string(r.ID), string(stored.Case), string(r.By), r.Reason, store.Micros(r.CreatedAt)); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return moderation.Report{}, fmt.Errorf("report: %w", err)
	}
	return stored, nil
}

// Case implements moderation.Store.
func (s Store) Case(ctx context.Context, id moderation.CaseID) (moderation.Case, error) {
	return store.One(s.DB.Row(ctx, selectCase, string(id)), scanCase, moderation.ErrNotFound)
}

// Cases implements moderation.Store.
func (s Store) Cases(ctx context.Context, f moderation.Filter, after moderation.CaseID, limit int) ([]moderation.Case, error) {
	query, args := `SELECT `+caseColumns+` FROM cases WHERE id > $1 `, []any{string(after), limit}
	if f.State != "" {
		args = append(args, string(f.State))
		query += fmt.Sprintf(`AND state = $%d `, len(args))
	}
	if f.Kind != "" {
		args = append(args, string(f.Kind))
		query += fmt.Sprintf(`AND kind = $%d `, len(args))
	}
	rows, err := s.DB.Rows(ctx, query+`ORDER BY id LIMIT $2`, args...)
	return store.Collect(rows, err, scanCase)
}

// Reports implements moderation.Store.
func (s Store) Reports(ctx context.Context, id moderation.CaseID, limit int) ([]moderation.Report, error) {
	rows, err := s.DB.Rows(ctx, selectReport+`WHERE case_id = $1 ORDER BY id LIMIT $2`, string(id), limit)
	return store.Collect(rows, err, scanReport)
}

// Decisions implements moderation.Store.
func (s Store) Decisions(ctx context.Context, id moderation.CaseID, limit int) ([]moderation.Decision, error) {
	rows, err := s.DB.Rows(ctx, `SELECT id, action, reason, into_id, since, user_id, created_at FROM decisions
		WHERE case_id = $1 ORDER BY id DESC LIMIT $2`, string(id), limit)
	return store.Collect(rows, err, func(r store.Scanner) (d moderation.Decision, err error) {
		return d, r.Scan(&d.ID, &d.Action, &d.Reason, &d.Into, store.Instant(&d.Since), &d.By, store.Instant(&d.At))
	})
}

// Decide implements moderation.Store.
func (s Store) Decide(ctx context.Context, id moderation.CaseID, d moderation.Decision, e event.Event) (moderation.Case, error) {
	var c moderation.Case
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		n, err := t.Exec(ctx, `UPDATE cases SET state = 'decided', action = $1, reason = $2, decided_by = $3, decided_at = $4 WHERE id = $5`,
			string(d.Action), d.Reason, string(d.By), store.Micros(d.At), string(id))
		if err != nil || n == 0 {
			return store.OrMissing(err, moderation.ErrNotFound)
		}
		if _, err := t.Exec(ctx, `INSERT INTO decisions (id, case_id, action, reason, into_id, since, user_id, created_at) VALUES `+
			store.Values(1, 1, 8), string(d.ID), string(id), string(d.Action), d.Reason, string(d.Into), store.Micros(d.Since), string(d.By),
			store.Micros(d.At)); err != nil {
			return err
		}
		if c, err = store.One(t.Row(ctx, selectCase, string(id)), scanCase, moderation.ErrNotFound); err != nil {
			return err
		}
		return t.Emit(ctx, e)
	})
	if err != nil {
		return moderation.Case{}, fmt.Errorf("decide: %w", err)
	}
	return c, nil
}
