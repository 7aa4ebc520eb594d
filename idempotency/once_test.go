package idempotency_test

import (
	"testing"

	"corner/idempotency"
)

func TestKeyBindsInput(t *testing.T) {
	t.Parallel()
	type in struct {
		Place string
		N     int
	}
	a, err := idempotency.New("usr_1", "k", "places.create", in{"p", 1})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := idempotency.New("usr_1", "k", "places.create", in{"p", 1})
	c, _ := idempotency.New("usr_1", "k", "places.create", in{"p", 2})
	if a != b {
		t.Error("the same call gives two keys")
	}
	if a == c {
		t.Error("another input gives the same key")
	}
	if none, err := idempotency.New("usr_1", "", "places.create", in{}); err != nil || none.Given() {
		t.Errorf("no header: Key %+v, err %v; want none given", none, err)
	}
	if _, err := idempotency.New("usr_1", "k", "x", make(chan int)); err == nil {
		t.Error("an input that cannot be hashed was taken")
	}
}
