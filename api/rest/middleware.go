package rest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"corner/uid"
)

// begin opens the call, and counts and logs it once it is over.
func (s *Server) begin(m *meters) gin.HandlerFunc {
	return func(g *gin.Context) {
		m.begin()
		c := s.open(g)
		ctx, stop := context.WithTimeout(context.WithValue(g.Request.Context(), callKey{}, c), s.Within(g.Request.Method, g.FullPath()))
		defer stop()
		g.Request = g.Request.WithContext(ctx)
		g.Next()
		took := s.Now().Sub(c.began)
		m.end(g.FullPath(), g.Request.Method, g.Writer.Status(), took)
		s.logCall(g, c, took)
	}
}

func (s *Server) open(g *gin.Context) *Call {
	now := s.Now()
	c := s.NewCall()
	c.id, c.instance, c.began = requestID(g.GetHeader("X-Request-Id"), now), g.Request.URL.Path, now
	c.Language, c.accept = chooseLanguage(g.GetHeader("Accept-Language")), g.GetHeader("Accept")
	c.Token, c.Address = g.GetHeader("Idempotency-Key"), clientAddress(g.ClientIP())
	h := g.Writer.Header()
	c.answer = h
	h.Set("X-Request-Id", c.id)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Language", string(c.Language))
	h.Set("Vary", "Accept, Accept-Language, Authorization")
	return c
}

// requestID is the client's name for the request if it is sane, else one of ours.
func requestID(given string, now time.Time) string {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
	if given != "" && len(given) <= 64 && strings.Trim(given, plain) == "" {
		return given
	}
	return uid.New("req", now)
}

// logCall writes the one line of a request. The path is the route's template and the
// query is left out: it holds positions.
func (s *Server) logCall(g *gin.Context, c *Call, took time.Duration) {
	status, level := g.Writer.Status(), slog.LevelInfo
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	if status == statusLeft {
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{
		slog.String("request_id", c.id), slog.String("method", g.Request.Method), slog.String("route", g.FullPath()),
		slog.Int("status", status), slog.Duration("duration", took),
	}
	if c.code != "" {
		attrs = append(attrs, slog.String("code", c.code))
	}
	if c.Actor.Known() {
		attrs = append(attrs, slog.String("user", string(c.Actor.User)))
	}
	if c.Actor.Operator {
		// What operators look at and do is told with the ids, which the path has.
		attrs = append(attrs, slog.Bool("operator", true), slog.String("path", c.instance))
	}
	if c.cause != nil {
		attrs = append(attrs, slog.String("error", c.cause.Error()))
	}
	s.Log.LogAttrs(g.Request.Context(), level, "request", attrs...)
}

// catch turns a panic into a problem. A write to a client that has gone panics
// too, in huma; then there is nobody to answer.
func (s *Server) catch(g *gin.Context) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if r == http.ErrAbortHandler { //nolint:errorlint // the value itself is what net/http compares with
			panic(r)
		}
		c := callOf(g.Request.Context())
		if g.Request.Context().Err() == nil {
			s.Log.LogAttrs(g.Request.Context(), slog.LevelError, "panic",
				slog.String("request_id", c.id), slog.String("panic", fmt.Sprint(r)), slog.String("stack", string(debug.Stack())))
		}
		if g.Writer.Written() {
			g.Abort()
			return
		}
		s.refuse(g, ErrInternal)
	}()
	g.Next()
}

// enter says who acts, and whether they come too often. It keeps to /v1: probes,
// the keys and the reference page are for anybody.
func (s *Server) enter(g *gin.Context) {
	route := g.FullPath()
	if !strings.HasPrefix(route, "/v1/") {
		return
	}
	c := callOf(g.Request.Context())
	var unknown error
	// A phone whose access token has run out still sends it along when it refreshes.
	if header := g.GetHeader("Authorization"); header != "" && !strings.HasPrefix(route, "/v1/auth/") {
		c.Actor, unknown = s.Actor(g.Request.Context(), header)
		g.Header("Cache-Control", "no-store")
	}
	if strings.HasPrefix(route, "/v1/auth/") {
		g.Header("Cache-Control", "no-store")
	}
	// Who shows a bad token is counted too, by address, or guessing would be free.
	if err := s.limit(g, c); err != nil {
		s.refuse(g, err)
		return
	}
	if unknown != nil {
		s.refuse(g, unknown)
	}
}
