// Package rediskv is kv.Store in a Redis, shared by all processes of a Corner. It needs one server of version 6
// or later (or what speaks like one), alone or with replicas; no cluster, no modules, no persistence.
//
// Every key of ours begins with [Prefix], so that a Redis may serve others as well. What stands under it says
// its kind: "v" and bytes is a value, a whole number is a counter, "t" and a number is a limit (the instant, in
// microseconds of the server's clock, when its bucket is full again). That clock is the only one that counts,
// so processes whose clocks differ keep one limit.
//
// The server should be set to evict by expiry (maxmemory-policy volatile-ttl): every key of ours has one.
//
// Open does not connect, and a server that is away at the start is used when it comes. Each wait is half a
// second at most, unless the URL says otherwise (redis://host/0?read_timeout=200ms), and a retry may double it;
// stand a kv.Degrading over the Store so that not every caller waits that long. A ctx's deadline reaches the
// socket; a ctx cancelled before it is noticed when the wait at hand is over.
//
//	shared, err := rediskv.Open("redis://127.0.0.1:6379/0")
//	if err != nil {
//		return err
//	}
//	defer shared.Close()
//	keys := &kv.Degrading{Shared: shared, Local: memkv.New(memkv.Bounds{}), Now: time.Now, Pause: kv.DefaultPause}
package rediskv
