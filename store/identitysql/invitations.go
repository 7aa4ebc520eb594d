package identitysql

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"corner/idempotency"
	"corner/identity"
	"corner/store"
)

const (
	invitationColumns = `i.id, i.merchant_id, m.name, i.phone, i.role,
	COALESCE((SELECT string_agg(l.place_id, ',') FROM invitation_places l WHERE l.invitation_id = i.id), ''),
	i.state, i.by_id, i.user_id, i.told_at, i.expires_at, i.settled_at, i.created_at`
	fromInvitations  = ` FROM invitations i JOIN merchants m ON m.id = i.merchant_id`
	selectInvitation = `SELECT ` + invitationColumns + fromInvitations
	selectHeld       = `SELECT ` + invitationColumns + `, COALESCE(u.id, '')` + fromInvitations + ` LEFT JOIN users u ON u.phone = i.phone`
)

func scanInvitation(r store.Scanner) (v identity.Invitation, err error) { return v, scanInto(r, &v) }

// scanHeld is scanInvitation with whose the number is.
func scanHeld(r store.Scanner) (v identity.Invitation, err error) {
	return v, scanInto(r, &v, &v.Holder)
}

// scanInto reads an invitation's columns, and what follows them.
func scanInto(r store.Scanner, v *identity.Invitation, more ...any) error {
	var kept int
	var places string
	err := r.Scan(append([]any{
		&v.ID, &v.Merchant, &v.MerchantName, &v.Phone, &kept, &places, &v.State, &v.By, &v.User,
		store.Instant(&v.ToldAt), store.Instant(&v.ExpiresAt), store.Instant(&v.SettledAt), store.Instant(&v.CreatedAt),
	}, more...)...)
	v.Role, v.Branches = identity.RoleKept(kept, places)
	return err
}

func invitation(ctx context.Context, t *store.Tx, id string) (identity.Invitation, error) {
	return store.One(t.Row(ctx, selectInvitation+` WHERE i.id = $1`, id), scanInvitation, identity.ErrInvitationNotFound)
}

// Invite implements identity.Invitations.
func (s Store) Invite(
	ctx context.Context,
	v identity.Invitation,
	key idempotency.Key,
	admit func(identity.Sent) error,
) (identity.Invitation, error) {
	var stored identity.Invitation
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		id, repeated, err := t.Claim(ctx, key, string(v.ID), v.CreatedAt)
		if err != nil {
			return err
		}
		if !repeated {
			id = string(v.ID)
			if err := invite(ctx, t, &v, admit); err != nil {
				return err
			}
		}
		stored, err = invitation(ctx, t, id)
		return err
	})
	if err != nil {
		return identity.Invitation{}, fmt.Errorf("invite: %w", err)
	}
	return stored, nil
}

func invite(ctx context.Context, t *store.Tx, v *identity.Invitation, admit func(identity.Sent) error) error {
	if err := lockMerchant(ctx, t, v.Merchant); err != nil {
		return err
	}
	sent, err := sent(ctx, t, v)
	if err != nil {
		return err
	}
	if err := admit(sent); err != nil {
		return err
	}
	if _, err := t.Exec(
		ctx,
		`UPDATE invitations SET state = 'withdrawn', settled_at = $1 WHERE merchant_id = $2 AND phone = $3 AND state = 'open'`,
		store.Micros(v.CreatedAt),
		string(v.Merchant),
		v.Phone,
	); err != nil {
		return err
	}
	_, err = t.Exec(
		ctx,
		`INSERT INTO invitations (id, merchant_id, phone, role, state, by_id, user_id, told_at, expires_at, settled_at, created_at)
		VALUES `+store.Values(1, 1, 11),
		string(v.ID),
		string(v.Merchant),
		v.Phone,
		v.Role.Kept(v.Branches.Limited),
		string(v.State),
		string(v.By),
		string(v.User),
		store.Micros(v.ToldAt),
		store.Micros(v.ExpiresAt),
		store.Micros(v.SettledAt),
		store.Micros(v.CreatedAt),
	)
	if err != nil || len(v.Branches.Places) == 0 {
		return err
	}
	var args []any
	for _, p := range v.Branches.Places {
		args = append(args, string(v.ID), string(p))
	}
	_, err = t.Exec(ctx, `INSERT INTO invitation_places (invitation_id, place_id) VALUES `+store.Values(1, len(v.Branches.Places), 2), args...)
	return err
}

// sent is who v would go to, and the invitations of the day before it.
func sent(ctx context.Context, t *store.Tx, v *identity.Invitation) (sent identity.Sent, err error) {
	for _, c := range []struct {
		column, value string
		into          *identity.Count
	}{{"merchant_id", string(v.Merchant), &sent.Merchant}, {"by_id", string(v.By), &sent.Inviter}, {"phone", v.Phone, &sent.Phone}} {
		err := t.Row(ctx, `SELECT count(*), COALESCE(min(created_at), 0) FROM invitations WHERE `+c.column+` = $1 AND created_at > $2`,
			c.value, store.Micros(v.CreatedAt.Add(-identity.Day))).Scan(&c.into.N, store.Instant(&c.into.Oldest))
		if err != nil {
			return sent, fmt.Errorf("count invitations: %w", err)
		}
	}
	err = t.Row(ctx, `SELECT EXISTS (SELECT 1 FROM staff JOIN users ON users.id = staff.user_id WHERE merchant_id = $1 AND phone = $2)`,
		string(v.Merchant), v.Phone).Scan(&sent.Employed)
	return sent, err
}

// UpdateInvitation implements identity.Invitations.
func (s Store) UpdateInvitation(
	ctx context.Context,
	id identity.InvitationID,
	change func(*identity.Invitation) error,
	admit func(owners int) error,
) (identity.Invitation, error) {
	var v identity.Invitation
	err := s.DB.Write(ctx, func(t *store.Tx) error {
		was, err := invitation(ctx, t, string(id))
		if err != nil {
			return err
		}
		// Held before it is read again, so that an acceptance and a withdrawal, or a
		// dismissal of who invited, see each other.
		if err := lockMerchant(ctx, t, was.Merchant); err != nil {
			return err
		}
		if was, err = invitation(ctx, t, string(id)); err != nil {
			return err
		}
		v = was
		if err := change(&v); err != nil || reflect.DeepEqual(v, was) {
			return err
		}
		if _, err := t.Exec(ctx, `UPDATE invitations SET state = $1, user_id = $2, told_at = $3, settled_at = $4 WHERE id = $5`,
			string(v.State), string(v.User), store.Micros(v.ToldAt), store.Micros(v.SettledAt), string(id)); err != nil {
			return err
		}
		if v.State == was.State || v.State != identity.InvitationAccepted {
			return nil
		}
		return employ(ctx, t, &v, admit)
	})
	return v, err
}

// employ gives who accepted an invitation its role.
func employ(ctx context.Context, t *store.Tx, v *identity.Invitation, admit func(owners int) error) error {
	if _, err := t.Exec(ctx, `INSERT INTO staff (merchant_id, user_id, role, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (merchant_id, user_id) DO UPDATE SET role = excluded.role`, string(v.Merchant), string(v.User), v.Role.Kept(v.Branches.Limited),
		store.Micros(v.SettledAt)); err != nil {
		return err
	}
	if err := limit(ctx, t, v.Merchant, v.User, v.Branches); err != nil {
		return err
	}
	return askOwners(ctx, t, v.Merchant, admit)
}

// InvitationsTo implements identity.Invitations.
func (s Store) InvitationsTo(
	ctx context.Context,
	phone string,
	now time.Time,
	before identity.InvitationID,
	limit int,
) ([]identity.Invitation, error) {
	rows, err := s.DB.Rows(ctx, selectInvitation+` WHERE i.phone = $1 AND i.state = 'open' AND i.expires_at > $2 AND ($3 = '' OR i.id < $3)
		ORDER BY i.id DESC LIMIT $4`, phone, store.Micros(now), string(before), limit)
	return store.Collect(rows, err, scanInvitation)
}

// InvitationsOf implements identity.Invitations.
func (s Store) InvitationsOf(
	ctx context.Context,
	m identity.MerchantID,
	before identity.InvitationID,
	limit int,
) ([]identity.Invitation, error) {
	rows, err := s.DB.Rows(ctx, selectHeld+` WHERE i.merchant_id = $1 AND ($2 = '' OR i.id < $2) ORDER BY i.id DESC LIMIT $3`,
		string(m), string(before), limit)
	return store.Collect(rows, err, scanHeld)
}
