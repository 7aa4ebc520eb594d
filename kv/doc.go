// Package kv keeps what we may lose: rate limits, one-time codes, counters.
//
// # What belongs here
//
// Only what heals by itself. A lost limit begins anew, a lost one-time code is asked for again, a lost counter
// counts from nought. Whatever somebody would miss after a restart lives in store, in a transaction. In return
// kv is quick, and every key leaves by itself when its time to live has passed.
//
// # Words
//
// A key is a name of 1 to [MaxKey] bytes, any bytes. A key is of one kind at a time: a value (made by Set), a
// counter (made by Add) or a limit (made by Allow). The kinds share one name space, so that a counter and a
// code under one name are found as the mistake they are ([ErrKind]) and not as a code that works twice.
//
// The time to live (ttl) is how long a key stands, more than nought and at most [MaxTTL]. It is counted in
// milliseconds; a part of one is rounded up.
//
// A [Limit] of Rate in Per with Burst is a bucket of Burst tokens that is full at first and gets a token back
// every Per/Rate. The algorithm is GCRA: a limit's whole state is one instant, so the check is one atomic
// step, and what a caller is told (when to come back) is exact. A fixed window would let twice the rate
// through at its border, and a sliding log would cost memory for each request.
//
// # Laws
//
//   - Each method is one atomic step among all users of the store, of all processes for a shared one.
//   - A call whose ctx is done already changes nothing and answers the ctx's error.
//   - A caller's fault (key, value, ttl or limit out of bounds) is [ErrInvalid] and changes nothing.
//   - A server that cannot be reached, or cannot serve, is [ErrUnavailable]. Then the step may or may not have
//     been done, or done twice (a store may ask again when an answer is lost): a limit may be charged once too
//     often, and a Delete may find the key gone that it deleted itself. It never lets two rivals see true, nor
//     takes too little from a limit, so the fault falls on the careful side.
//
// # Stores
//
// memkv is the embedded default: one process, bounded memory. rediskv is shared by all processes. [Degrading]
// stands over both, so that limits go on in each process while Redis is away.
//
// # Example
//
//	limit := kv.Limit{Rate: 5, Per: time.Minute, Burst: 5}
//	d, err := keys.Allow(ctx, "signin:"+string(user), limit)
//	switch {
//	case err != nil:
//		return err
//	case !d.Allowed:
//		return tooMany(d.RetryAfter)
//	}
//
// A one-time code is spent by whoever deletes it, not by whoever read it:
//
//	want, ok, err := keys.Get(ctx, key)
//	if err != nil || !ok || subtle.ConstantTimeCompare(want, got) == 0 {
//		return refused(err)
//	}
//	first, err := keys.Delete(ctx, key)
//	if err != nil || !first {
//		return refused(err)
//	}
package kv
