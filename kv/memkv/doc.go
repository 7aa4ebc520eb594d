// Package memkv is kv.Store in the memory of one process, the default of a Corner that runs in one process.
//
// Its memory is bounded: at most [Bounds].Keys keys and [Bounds].Bytes bytes. When a bound is reached, room is
// made by dropping what has expired, then what would expire soonest: it had the least left to lose. So a flood
// of new keys can push out short-lived ones, and the bounds should be well above honest use.
//
// Expired keys are dropped when they are met, and every key that comes drops up to two more, so that memory
// follows use without a goroutine to own. Keys that nobody touches stay, within the bounds, until others come.
//
//	keys := memkv.New(memkv.Bounds{})
//	d, err := keys.Allow(ctx, "search:"+ip, kv.Limit{Rate: 10, Per: time.Second, Burst: 30})
package memkv
