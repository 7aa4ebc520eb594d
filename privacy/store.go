package privacy

import (
	"context"
	"time"

	"corner/fault"
	"corner/identity"
)

// Store reads and erases what the Register names.
type Store interface {
	// Export is the rows of a person, by what the Register says of them.
	Export(ctx context.Context, user identity.UserID) ([]Part, error)
	// Erase does with the person's rows what the Register says, in one transaction, and marks the account
	// as erased at now; one that is erased already, or was never there, stays so. admit is asked before
	// about what hangs on the account, rivals or not; nil asks nobody.
	Erase(ctx context.Context, user identity.UserID, now time.Time, admit func(Hanging) error) error
	// Unlisted is accounts that are erased and not listed yet, at most limit.
	Unlisted(ctx context.Context, limit int) ([]identity.UserID, error)
	// Listed says that the accounts are on the list of erasures.
	Listed(ctx context.Context, users []identity.UserID) error
	// NotErased is those of the accounts that are there and not erased.
	NotErased(ctx context.Context, users []identity.UserID) ([]identity.UserID, error)
}

// Part is the rows of one entry of the Register.
type Part struct {
	Rows *Rows
	Data []map[string]any // by column
}

// Hanging is what hangs on an account that is to be erased.
type Hanging struct {
	Bookings int // ahead, holds too
	Alone    int // merchants with places beyond drafts that would have no owner left
}

// Erased is the list of erasures, kept apart from the database.
type Erased interface {
	// Add puts an account on the list for good; one that is on it stays on it.
	Add(ctx context.Context, user identity.UserID) error
	// Each hands the accounts on the list to f, some at a time, until f fails.
	Each(ctx context.Context, f func([]identity.UserID) error) error
}

// What can go wrong with one's own data.
var (
	ErrTooManyExports = fault.New(fault.TooMany, "account.too_many_exports",
		"your data was exported often today; try again tomorrow", "今日导出次数已达上限，请明日再试")
)
