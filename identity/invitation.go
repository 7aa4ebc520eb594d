package identity

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// InvitationID names an invitation: "inv_…".
type InvitationID string

// InvitationFor is how long an invitation can be accepted.
const InvitationFor = 7 * 24 * time.Hour

// InvitationState is what has come of an invitation.
type InvitationState string

// The states. An open one that has run out stays open at rest; Standing tells.
const (
	InvitationOpen      InvitationState = "open"
	InvitationAccepted  InvitationState = "accepted"
	InvitationDeclined  InvitationState = "declined"
	InvitationWithdrawn InvitationState = "withdrawn"
	InvitationExpired   InvitationState = "expired"
)

// Invitation asks whoever has a phone number to work for a merchant.
type Invitation struct {
	ID           InvitationID
	Merchant     MerchantID
	MerchantName string // as it is now; the merchant's to change
	Phone        string // E.164
	Holder       UserID // whose number it is now; "" for nobody's. Only in a merchant's list
	Role         Role
	Branches     Branches // where the role is to hold
	State        InvitationState
	By           UserID
	User         UserID    // who accepted, "" before
	ToldAt       time.Time // when the message was handed over, zero if it was not
	ExpiresAt    time.Time
	SettledAt    time.Time // when it was accepted, declined or withdrawn
	CreatedAt    time.Time
}

// Standing is the state of the invitation at an instant.
func (v *Invitation) Standing(now time.Time) InvitationState {
	if v.State == InvitationOpen && !now.Before(v.ExpiresAt) {
		return InvitationExpired
	}
	return v.State
}

// accept makes the invitation user's role. Accepting again changes nothing.
func (v *Invitation) accept(user UserID, now time.Time) error {
	switch v.Standing(now) {
	case InvitationOpen:
		v.State, v.User, v.SettledAt = InvitationAccepted, user, now
		return nil
	case InvitationAccepted:
		return nil
	case InvitationDeclined:
		return ErrInvitationDeclined
	case InvitationWithdrawn:
		return ErrInvitationWithdrawn
	default:
		return ErrInvitationExpired
	}
}

// decline and withdraw end an invitation that is open. One that has ended otherwise
// stays as it is, but an accepted one is a role by now, which is taken away otherwise.
func (v *Invitation) decline(now time.Time) error { return v.settle(InvitationDeclined, now) }

func (v *Invitation) withdraw(now time.Time) error { return v.settle(InvitationWithdrawn, now) }

func (v *Invitation) settle(as InvitationState, now time.Time) error {
	switch v.State {
	case InvitationOpen:
		v.State, v.SettledAt = as, now
	case InvitationAccepted:
		return ErrInvitationAccepted
	}
	return nil
}

// text is what the invited person is sent.
func (v *Invitation) text(l Language) string {
	name := nameInText(v.MerchantName)
	if l == Chinese {
		role := map[Role]string{Counter: "店员", Manager: "店长", Owner: "所有者", Finance: "财务", Marketing: "营销"}[v.Role]
		return fmt.Sprintf("“%s”邀请您担任%s。请在 Corner 中用本手机号登录，7 天内接受或拒绝。", name, role)
	}
	role := map[Role]string{Counter: "counter staff", Manager: "manager", Owner: "owner", Finance: "finance staff", Marketing: "marketing staff"}[v.Role]
	return fmt.Sprintf("“%s” invites you to be %s there. Sign in to Corner with this number within 7 days to accept or decline.", name, role)
}

const maxNameInText = 24 // characters

// nameInText is a merchant's name for a message to somebody who has not asked for it:
// anybody can name a business, so no link and no number to call gets through.
func nameInText(name string) string {
	digits := 0
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			if digits++; digits > 3 {
				return -1
			}
			return r
		case unicode.IsLetter(r), unicode.IsMark(r), r == '&', r == '\'', r == '’', r == '-', r == '·':
			return r
		}
		return ' '
	}, name)
	short := []rune(strings.Join(strings.Fields(plain), " "))
	if len(short) > maxNameInText {
		short = append(short[:maxNameInText-1], '…')
	}
	return string(short)
}
