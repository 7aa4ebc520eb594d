package rest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"corner/fault"
	"corner/kv"
)

// What can go wrong before a room is asked, and what stands for what may not be told.
var (
	ErrMalformed = fault.New(fault.Malformed, "request.malformed",
		"the body is not a JSON object", "请求体不是有效的 JSON 对象")
	ErrTooLarge = fault.New(fault.TooLarge, "request.too_large",
		"the body is larger than 1 MiB", "请求体超过 1 MiB")
	ErrContentType = fault.New(fault.UnsupportedContent, "request.unsupported_content",
		"send the body as application/json", "请以 application/json 发送请求体")
	ErrIfMatchRequired = fault.New(fault.VersionRequired, "request.if_match_required",
		"say in If-Match which version you are changing: the ETag you read", "请在 If-Match 中给出所修改的版本（读取时的 ETag）")
	ErrTooFast = fault.New(fault.TooMany, "request.too_many",
		"too many requests; wait a little", "请求过于频繁，请稍后再试")
	ErrNoOperation = fault.New(fault.NotFound, "request.no_such_operation",
		"there is nothing at this path", "该路径不存在")
	ErrTimeout = fault.New(fault.Unavailable, "request.timeout",
		"this took too long; try again", "处理超时，请重试").After(time.Second)
	ErrTooSlow = fault.New(fault.TooSlow, "request.too_slow",
		"the body came too slowly, or not at all", "请求内容传输过慢或中断")
	ErrNotReady = fault.New(fault.Unavailable, "server.not_ready",
		"the server is not ready", "服务器尚未就绪").After(2 * time.Second)
	ErrInternal = fault.New(fault.Internal, "server.error",
		"something went wrong on our side", "服务器内部错误")

	errMethod = fault.New(fault.NotFound, "request.method_not_allowed",
		"this path does not take that method", "该路径不支持此方法")
	errLeft = fault.New(fault.Internal, "request.cancelled",
		"the client left before the answer", "客户端已断开")
)

// statusLeft says, in the log, that the client did not wait (nginx's number).
const statusLeft = 499

// statusOf is the one place where a kind becomes a status.
var statusOf = map[fault.Kind]int{
	fault.Internal:           http.StatusInternalServerError,
	fault.Malformed:          http.StatusBadRequest,
	fault.Invalid:            http.StatusUnprocessableEntity,
	fault.Unauthenticated:    http.StatusUnauthorized,
	fault.Forbidden:          http.StatusForbidden,
	fault.NotFound:           http.StatusNotFound,
	fault.Conflict:           http.StatusConflict,
	fault.Stale:              http.StatusPreconditionFailed,
	fault.VersionRequired:    http.StatusPreconditionRequired,
	fault.TooMany:            http.StatusTooManyRequests,
	fault.Unavailable:        http.StatusServiceUnavailable,
	fault.TooLarge:           http.StatusRequestEntityTooLarge,
	fault.UnsupportedContent: http.StatusUnsupportedMediaType,
	fault.TooSlow:            http.StatusRequestTimeout,
}

// StatusFor is the status of a fault; two of ours have a status without a kind.
func StatusFor(e *fault.Error) int {
	switch {
	case errors.Is(e, errMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(e, errLeft):
		return statusLeft
	}
	return statusOf[e.Kind]
}

// problem is the RFC 9457 document of a refusal.
type problem struct {
	_         struct{}       `additionalProperties:"true"`
	Type      string         `json:"type" format:"uri-reference" doc:"Names the problem; leads to its description." example:"/problems/booking.slot_taken"`
	Title     string         `json:"title" doc:"The sort of problem, in the language of Accept-Language." example:"Conflict"`
	Status    int            `json:"status" doc:"The HTTP status." example:"409"`
	Detail    string         `json:"detail,omitempty" doc:"What is wrong, for people, in the language of Accept-Language." example:"that slot has just been taken"`
	Instance  string         `json:"instance,omitempty" format:"uri-reference" doc:"The path that was asked for." example:"/v1/holds"`
	Code      string         `json:"code" doc:"Stable; what programs go by." example:"booking.slot_taken"`
	Errors    []problemField `json:"errors,omitempty" doc:"Every faulty value of the request. Only with status 422."`
	RequestID string         `json:"request_id" doc:"Name it when you ask us." example:"req_01kay3c4zq8v0e5t7m2r9x6b1d"`

	data    map[string]any
	headers http.Header
}

// problemField is one faulty value.
type problemField struct {
	Pointer   string `json:"pointer,omitempty" doc:"Where in the body (RFC 6901)." example:"/price/amount"`
	Parameter string `json:"parameter,omitempty" doc:"Which query parameter or header." example:"radius"`
	Code      string `json:"code" doc:"Stable; what programs go by." example:"required"`
	Message   string `json:"message" doc:"For people, in the language of Accept-Language." example:"is required"`
}

var (
	_ huma.StatusError       = (*problem)(nil)
	_ huma.HeadersError      = (*problem)(nil)
	_ huma.ContentTypeFilter = (*problem)(nil)
)

func (p *problem) Error() string { return p.Code }

// GetStatus is huma's name for the status to write.
func (p *problem) GetStatus() int { return p.Status }

// GetHeaders is huma's name for the headers to write.
func (p *problem) GetHeaders() http.Header { return p.headers }

// ContentType is huma's way to choose it.
func (p *problem) ContentType(_ string) string { return "application/problem+json" }

// MarshalJSON puts the fault's data beside the members that every problem has,
// which win over data of the same name.
func (p *problem) MarshalJSON() ([]byte, error) {
	type members problem
	own, err := json.Marshal((*members)(p))
	if err != nil || len(p.data) == 0 {
		return own, err
	}
	extra, err := json.Marshal(withoutKeys(p.data, "type", "title", "status", "detail", "instance", "code", "errors", "request_id"))
	if err != nil || string(extra) == "{}" {
		return own, err
	}
	return append(append(own[:len(own)-1], ','), extra[1:]...), nil
}

func withoutKeys(m map[string]any, keys ...string) map[string]any {
	m = maps.Clone(m)
	for _, k := range keys {
		delete(m, k)
	}
	return m
}

// problem puts err into the words of the call's language, and notes it for the log.
func (c *Call) problem(ctx context.Context, err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p // of ours, on its way through huma
	}
	e := c.faultOf(ctx, err)
	status := StatusFor(e)
	c.code = e.Code
	p := &problem{
		Type: "/problems/" + e.Code, Title: c.title(status), Status: status, Detail: c.Language.Pick(e.En, e.Zh),
		Instance: (&url.URL{Path: c.instance}).EscapedPath(), Code: e.Code, RequestID: c.id, data: c.dataOf(e.Data), headers: http.Header{},
	}
	for _, f := range e.Fields {
		place := c.Faults.place(f.Name)
		field := problemField{Pointer: place, Code: f.Code, Message: c.Language.Pick(f.En, f.Zh)}
		if name, parameter := strings.CutPrefix(place, "?"); parameter {
			field.Pointer, field.Parameter = "", name
		}
		p.Errors = append(p.Errors, field)
	}
	if e.RetryAfter > 0 {
		p.headers.Set("Retry-After", seconds(e.RetryAfter))
	}
	if limited, ok := e.Data.(fault.Limited); ok && c.answer != nil {
		// The limit that refused is told, in place of the one of all calls: huma would put
		// p.headers beside it.
		c.answer.Set("RateLimit-Limit", strconv.Itoa(limited.Limit))
		c.answer.Set("RateLimit-Remaining", "0")
		c.answer.Set("RateLimit-Reset", seconds(limited.Reset))
	}
	if status == http.StatusUnauthorized {
		p.headers.Set("WWW-Authenticate", `Bearer realm="corner"`)
	}
	if version, ok := e.Data.(fault.CurrentVersion); ok {
		p.headers.Set("ETag", FormatETag(int64(version)))
	}
	return p
}

// faultOf is what may be told of err. What is not a fault of a room stays in the log.
func (c *Call) faultOf(ctx context.Context, err error) *fault.Error {
	e, told := asFault(err)
	switch {
	case told && e.Kind != fault.Internal:
		return e
	case errors.Is(ctx.Err(), context.Canceled):
		return errLeft
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return ErrTimeout
	case errors.Is(err, kv.ErrUnavailable):
		c.cause = err
		return fault.ErrAway
	}
	c.cause = err
	return ErrInternal
}

func asFault(err error) (*fault.Error, bool) { return errors.AsType[*fault.Error](err) }

// problemOfStatus is for what huma refuses by itself. The checks before it leave it
// nothing to find, so the status is all that there is to tell.
func (c *Call) problemOfStatus(status int) *problem {
	if err := c.Faults.err(); err != nil {
		return c.problem(context.Background(), err)
	}
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return c.problem(context.Background(), ErrMalformed)
	case http.StatusRequestEntityTooLarge:
		return c.problem(context.Background(), ErrTooLarge)
	case http.StatusUnsupportedMediaType:
		return c.problem(context.Background(), ErrContentType)
	}
	return c.problem(context.Background(), fmt.Errorf("refused by huma with status %d", status))
}

// titles says in Chinese what http.StatusText says in English.
var titles = map[int]string{
	400: "请求有误", 401: "未登录", 403: "没有权限", 404: "未找到", 405: "不支持该方法", 409: "状态冲突", 412: "版本已过期", 413: "内容过大",
	415: "不支持的内容类型", 422: "内容无法使用", 428: "需要版本", 429: "请求过多", 499: "客户端已断开", 500: "服务器错误", 503: "暂时不可用",
}

func (c *Call) title(status int) string {
	en := http.StatusText(status)
	if en == "" {
		en = "Client Closed Request"
	}
	return c.Language.Pick(en, titles[status])
}

// seconds is a duration for a header: whole seconds, rounded up.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}

// refuse answers outside of an operation, and ends the chain.
func (s *Server) refuse(g *gin.Context, err error) {
	p := callOf(g.Request.Context()).problem(g.Request.Context(), err)
	maps.Copy(g.Writer.Header(), p.headers)
	b, err := p.MarshalJSON()
	if err != nil {
		g.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	g.Abort()
	g.Data(p.Status, p.ContentType(""), b)
}
