package rest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// Writer is a body that writes its own JSON, exactly as encoding/json would but without
// reflection. It is for answers that are long and frequent.
type Writer interface{ AppendJSON(b []byte) []byte }

// Negotiated is a body that can stand for another: of another media type.
type Negotiated interface {
	Other() (body any, media string)
}

// formats are huma's, but for the writing: in one piece, so that its length is told and
// a client's connection can be used again at once.
func formats() map[string]huma.Format {
	f := huma.Format{Marshal: marshal, Unmarshal: json.Unmarshal}
	return map[string]huma.Format{"application/json": f, "json": f}
}

// buffers are those of answers that have been written.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// largestKept bounds the buffers that are kept, so that one large answer does not cost
// memory for ever.
const largestKept = 256 << 10

func marshal(w io.Writer, v any) error {
	if n, ok := v.(Negotiated); ok {
		if body, _ := n.Other(); body != nil {
			v = body
		}
	}
	buffer, _ := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	if err := Encode(buffer, v); err != nil {
		return err
	}
	if h, ok := w.(http.ResponseWriter); ok {
		h.Header().Set("Content-Length", strconv.Itoa(buffer.Len()))
	}
	_, err := w.Write(buffer.Bytes())
	if buffer.Cap() <= largestKept {
		buffers.Put(buffer)
	}
	return err
}

// Encode writes v and a line end.
func Encode(buffer *bytes.Buffer, v any) error {
	if a, ok := v.(Writer); ok {
		b := append(a.AppendJSON(buffer.AvailableBuffer()), '\n')
		_, _ = buffer.Write(b)
		return nil
	}
	e := json.NewEncoder(buffer)
	_, embeddable := v.(Embedded)
	e.SetEscapeHTML(embeddable)
	return e.Encode(v)
}

// Embedded is a body that people paste into a web page: nothing in it may end a script.
type Embedded interface{ Embedded() }
