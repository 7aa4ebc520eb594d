package attacks_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"corner/internal/cornertest"
)

// TestOwningTown: one phone registers businesses as fast as it can, and owns three.
func TestOwningTown(t *testing.T) {
	t.Parallel()
	s := cornertest.Start(t, cornertest.Setup{Capped: true})
	p := s.SignIn(t, wang)
	var owned atomic.Int64
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			a := p.Post(t, "/v1/merchants", fmt.Sprintf(`{"name": "铺子 %d"}`, i)).Want(t, 201, 409)
			if a.Status == 201 {
				owned.Add(1)
			} else if a.Text(t, "code") != "merchant.too_many" {
				t.Errorf("refused with %s", a.Body)
			}
		})
	}
	wg.Wait()
	if n := owned.Load(); n != 3 {
		t.Errorf("one phone owns %d businesses, want 3", n)
	}
}
