package rest

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"corner/fault"
	"corner/media"
)

// The protocol by which uploads resume: tus 1.0.
const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,expiration,termination"
	offsetStream  = "application/offset+octet-stream"
)

// ErrTusVersion refuses who speaks another version, or none.
var ErrTusVersion = fault.New(fault.Stale, "upload.version",
	"say in Tus-Resumable which version of the protocol you speak: 1.0.0", "请在 Tus-Resumable 中声明协议版本：1.0.0")

// ErrOffsetStream refuses a piece of a picture that does not say that it is one.
var ErrOffsetStream = fault.New(fault.UnsupportedContent, "upload.unsupported_content",
	"send the bytes as application/offset+octet-stream", "请以 application/offset+octet-stream 发送内容")

// ChunkWithin is how long a piece of a picture may take to arrive, as long as it comes fast enough: the largest at
// 10 kB/s.
const ChunkWithin = 20 * time.Minute

// speakTus says which protocol is spoken, and refuses who speaks another.
func (op Operation) speakTus(g *gin.Context) error {
	h := g.Writer.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Cache-Control", "no-store")
	if op.Method == http.MethodOptions {
		h.Set("Tus-Version", tusVersion)
		h.Set("Tus-Extension", tusExtensions)
		h.Set("Tus-Max-Size", strconv.Itoa(media.MaxResumed))
		return nil
	}
	if g.GetHeader("Tus-Resumable") != tusVersion {
		h.Set("Tus-Version", tusVersion)
		return ErrTusVersion
	}
	if kind, _, _ := mime.ParseMediaType(g.GetHeader("Content-Type")); op.Chunks && kind != offsetStream {
		return ErrOffsetStream
	}
	return nil
}

// chunkBytes is how much of a piece is kept at a time: a server that dies loses no more of it, and it takes no more memory.
const chunkBytes = 256 << 10

// Length is how long the body says it is; -1 if it does not say.
func (u upload) Length() int64 { return u.r.ContentLength }

// Chunks hands a body of at most so many bytes to keep as it comes, until it ends, however that is: what has arrived
// before a connection broke is kept. What keep is given is its own only until it returns.
func (u upload) Chunks(ctx context.Context, most int64, keep func(context.Context, []byte) error) error {
	if u.r.ContentLength > most {
		return media.ErrUploadTooLarge
	}
	room, release, err := u.Room(chunkBytes)
	if err != nil {
		return err
	}
	defer release()
	_ = http.NewResponseController(u.w).SetWriteDeadline(time.Now().Add(ChunkWithin + Deadline))
	body := newPace(http.MaxBytesReader(u.w, u.r.Body, most), u.w, ChunkWithin)
	for {
		n := 0
		for err == nil && n < len(room) {
			var arrived int
			arrived, err = body.Read(room[n:])
			n += arrived
		}
		if n > 0 {
			if kept := detached(ctx, Deadline, func(ctx context.Context) error { return keep(ctx, room[:n]) }); kept != nil {
				return kept
			}
		}
		if err == nil {
			continue
		}
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return media.ErrUploadTooLarge
		}
		return u.refusal(err)
	}
}

// Room is memory for a picture, or for a part of one, of what is for those that are on their way. release gives it back.
func (u upload) Room(n int) (bytes []byte, release func(), err error) {
	if !u.pool.take(u.user, int64(n)) {
		return nil, nil, media.ErrBusy
	}
	u.extend()
	room, err := reserve(n)
	if err != nil {
		u.pool.release(u.user, int64(n))
		return nil, nil, err
	}
	return room.bytes, func() {
		room.free()
		u.pool.release(u.user, int64(n))
	}, nil
}

// detached does something that is to be done whether or not the client waits for it.
func detached(ctx context.Context, within time.Duration, f func(context.Context) error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer stop()
	return f(ctx)
}

// chunkBody describes the body of an operation that takes a piece of a picture.
func chunkBody() *huma.RequestBody {
	return &huma.RequestBody{
		Required:    true,
		Content:     map[string]*huma.MediaType{offsetStream: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
		Description: "What follows of the picture, as much as may be.",
	}
}
