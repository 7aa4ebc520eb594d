package store

import (
	"context"
	"fmt"
	"time"

	"corner/identity"
	"corner/once"
)

const selectInvitation = `SELECT i.id, i.merchant_id, m.name, i.phone, i.role, i.state, i.by_id, i.user_id, i.told_at, i.expires_at, i.settled_at, i.created_at
	FROM invitations i JOIN merchants m ON m.id = i.merchant_id`

func scanInvitation(r scanner) (v identity.Invitation, err error) {
	return v, r.Scan(&v.ID, &v.Merchant, &v.MerchantName, &v.Phone, &v.Role, &v.State, &v.By, &v.User,
		instant{&v.ToldAt}, instant{&v.ExpiresAt}, instant{&v.SettledAt}, instant{&v.CreatedAt})
}

func (t *tx) invitation(ctx context.Context, id string) (identity.Invitation, error) {
	return one(t.row(ctx, selectInvitation+` WHERE i.id = $1`, id), scanInvitation, identity.ErrInvitationNotFound)
}

// Invite implements identity.Invitations.
func (s Identity) Invite(ctx context.Context, v identity.Invitation, key once.Key, admit func(identity.Sent) error) (identity.Invitation, error) {
	var stored identity.Invitation
	err := s.DB.write(ctx, func(t *tx) error {
		id, repeated, err := t.once(ctx, key, string(v.ID), v.CreatedAt)
		if err != nil {
			return err
		}
		if !repeated {
			id = string(v.ID)
			if err := t.invite(ctx, &v, admit); err != nil {
				return err
			}
		}
		stored, err = t.invitation(ctx, id)
		return err
	})
	if err != nil {
		return identity.Invitation{}, fmt.Errorf("invite: %w", err)
	}
	return stored, nil
}

func (t *tx) invite(ctx context.Context, v *identity.Invitation, admit func(identity.Sent) error) error {
	if err := t.lockMerchant(ctx, v.Merchant); err != nil {
		return err
	}
	var there int
	if err := t.row(ctx, `SELECT count(*) FROM staff JOIN users ON users.id = staff.user_id WHERE merchant_id = $1 AND phone = $2`,
		string(v.Merchant), v.Phone).Scan(&there); err != nil {
		return err
	}
	if there > 0 {
		return identity.ErrAlreadyStaff
	}
	sent, err := t.sent(ctx, v)
	if err != nil {
		return err
	}
	if err := admit(sent); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `UPDATE invitations SET state = 'withdrawn', settled_at = $1 WHERE merchant_id = $2 AND phone = $3 AND state = 'open'`,
		micros(v.CreatedAt), string(v.Merchant), v.Phone); err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO invitations (id, merchant_id, phone, role, state, by_id, user_id, told_at, expires_at, settled_at, created_at)
		VALUES `+values(1, 1, 11), string(v.ID), string(v.Merchant), v.Phone, int(v.Role), string(v.State), string(v.By), string(v.User),
		micros(v.ToldAt), micros(v.ExpiresAt), micros(v.SettledAt), micros(v.CreatedAt))
	return err
}

// sent counts the invitations of the day before v.
func (t *tx) sent(ctx context.Context, v *identity.Invitation) (sent identity.Sent, err error) {
	for _, c := range []struct {
		column, value string
		into          *identity.Count
	}{{"merchant_id", string(v.Merchant), &sent.Merchant}, {"by_id", string(v.By), &sent.Inviter}, {"phone", v.Phone, &sent.Phone}} {
		err := t.row(ctx, `SELECT count(*), COALESCE(min(created_at), 0) FROM invitations WHERE `+c.column+` = $1 AND created_at > $2`,
			c.value, micros(v.CreatedAt.Add(-identity.Day))).Scan(&c.into.N, instant{&c.into.Oldest})
		if err != nil {
			return sent, fmt.Errorf("count invitations: %w", err)
		}
	}
	return sent, nil
}

// UpdateInvitation implements identity.Invitations.
func (s Identity) UpdateInvitation(ctx context.Context, id identity.InvitationID, change func(*identity.Invitation) error) (identity.Invitation, error) {
	var v identity.Invitation
	err := s.DB.write(ctx, func(t *tx) error {
		was, err := t.invitation(ctx, string(id))
		if err != nil {
			return err
		}
		// Held before it is read again, so that an acceptance and a withdrawal, or a
		// dismissal of who invited, see each other.
		if err := t.lockMerchant(ctx, was.Merchant); err != nil {
			return err
		}
		if was, err = t.invitation(ctx, string(id)); err != nil {
			return err
		}
		v = was
		if err := change(&v); err != nil || v == was {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE invitations SET state = $1, user_id = $2, told_at = $3, settled_at = $4 WHERE id = $5`,
			string(v.State), string(v.User), micros(v.ToldAt), micros(v.SettledAt), string(id)); err != nil {
			return err
		}
		if v.State == was.State || v.State != identity.InvitationAccepted {
			return nil
		}
		return t.employ(ctx, &v)
	})
	return v, err
}

// employ gives who accepted an invitation its role.
func (t *tx) employ(ctx context.Context, v *identity.Invitation) error {
	if _, err := t.exec(ctx, `INSERT INTO staff (merchant_id, user_id, role, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (merchant_id, user_id) DO UPDATE SET role = excluded.role`, string(v.Merchant), string(v.User), int(v.Role), micros(v.SettledAt)); err != nil {
		return err
	}
	return t.keepsOwner(ctx, v.Merchant)
}

// InvitationsTo implements identity.Invitations.
func (s Identity) InvitationsTo(ctx context.Context, phone string, now time.Time, before identity.InvitationID, limit int) ([]identity.Invitation, error) {
	rows, err := s.DB.rows(ctx, selectInvitation+` WHERE i.phone = $1 AND i.state = 'open' AND i.expires_at > $2 AND ($3 = '' OR i.id < $3)
		ORDER BY i.id DESC LIMIT $4`, phone, micros(now), string(before), limit)
	return collect(rows, err, scanInvitation)
}

// InvitationsOf implements identity.Invitations.
func (s Identity) InvitationsOf(ctx context.Context, m identity.MerchantID, before identity.InvitationID, limit int) ([]identity.Invitation, error) {
	rows, err := s.DB.rows(ctx, selectInvitation+` WHERE i.merchant_id = $1 AND ($2 = '' OR i.id < $2) ORDER BY i.id DESC LIMIT $3`,
		string(m), string(before), limit)
	return collect(rows, err, scanInvitation)
}
