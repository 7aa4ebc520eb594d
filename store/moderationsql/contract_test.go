package moderationsql_test

import (
	"testing"

	"corner/moderation"
	"corner/moderation/moderationtest"
	"corner/store/moderationsql"
	"corner/store/storetest"
)

func TestModerationContract(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			moderationtest.Store(t, func(t *testing.T) moderation.Store { return moderationsql.Store{DB: storetest.Open(t, kind)} })
		})
	}
}
