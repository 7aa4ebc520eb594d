package worker

import "bytes"

// Order is what a worker is sent for an upload.
func Order(memory int64, upload []byte) []byte {
	var b bytes.Buffer
	_ = writeHead(&b, order{memory})
	_ = writeFrame(&b, upload)
	return b.Bytes()
}
