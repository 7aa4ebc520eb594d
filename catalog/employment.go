package catalog

import (
	"context"
	"time"

	"corner/identity"
)

// Employment is a business that somebody works for.
type Employment struct {
	Merchant Merchant
	Role     identity.Role
	Branches identity.Branches // of the places that the merchant has now
	Since    time.Time
}

// Employments lists the businesses that the actor works for, by id: at most limit after the given
// one. It is how people find their way back on a new phone.
func (c *Catalog) Employments(
	ctx context.Context, actor identity.Actor, after identity.MerchantID, limit int,
) ([]Employment, error) {
	if err := actor.Require(); err != nil {
		return nil, err
	}
	return c.Store.Employments(ctx, actor.User, after, limit)
}
