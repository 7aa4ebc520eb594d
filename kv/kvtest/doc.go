// Package kvtest is the contract of kv.Store as tests: what the port's documentation says, sentence by sentence.
// Every store runs it, with real time and real rivals:
//
//	func TestStore(t *testing.T) {
//		t.Parallel()
//		kvtest.Store(t, func(t *testing.T) kv.Store { return memkv.New(memkv.Bounds{}) })
//	}
//
// Stores may be shared between runs and tests: each test makes up its own keys, and leaves them to expire.
//
// Bench measures what users wait for, the same for every store.
package kvtest
