// Package moderationtest is the contract of moderation.Store, as a test that every implementation runs:
//
//	moderationtest.Store(t, func(t *testing.T) moderation.Store { … })
package moderationtest
