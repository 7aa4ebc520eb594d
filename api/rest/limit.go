package rest

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"corner/kv"
)

// burst is how many seconds' worth of calls a client may make at once: a phone that
// comes out of the underground sends all it has kept.
const burst = 10

// limit counts the call against its client, and tells the client where it stands.
// While the counters are away everybody passes.
func (s *Server) limit(g *gin.Context, c *Call) error {
	if s.RateLimit <= 0 || s.KV == nil {
		return nil
	}
	key := "http:addr:" + c.Address
	if c.Actor.Known() {
		key = "http:user:" + string(c.Actor.User)
	}
	d, err := s.KV.Allow(g.Request.Context(), key, kv.Limit{Rate: s.RateLimit, Per: time.Second, Burst: burst * s.RateLimit})
	switch {
	case errors.Is(err, kv.ErrUnavailable):
		return nil
	case err != nil:
		return fmt.Errorf("limit requests: %w", err)
	}
	g.Header("RateLimit-Limit", strconv.Itoa(burst*s.RateLimit))
	g.Header("RateLimit-Remaining", strconv.Itoa(d.Remaining))
	g.Header("RateLimit-Reset", seconds(d.ResetAfter))
	if !d.Allowed {
		return ErrTooFast.After(d.RetryAfter)
	}
	return nil
}

// clientAddress is an address as limits count it: of IPv6 the /64 that one client
// has to itself.
func clientAddress(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return "unknown"
	}
	if addr = addr.Unmap().WithZone(""); addr.Is4() {
		return addr.String()
	}
	prefix, err := addr.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}
