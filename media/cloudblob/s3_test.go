package cloudblob_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corner/media"
	"corner/media/cloudblob"
	"corner/media/mediatest"
)

// bucket speaks as much of S3 as blobs need: objects by key, and a list by pages of
// three. It believes every signature.
type bucket struct {
	mu      sync.Mutex
	objects map[string][]byte
	puts    map[string]time.Time
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/corner"), "/")
	content, there := b.objects[key]
	switch {
	case key == "" && r.URL.Query().Get("list-type") == "2":
		b.list(w, r.URL.Query().Get("prefix"), r.URL.Query().Get("continuation-token"))
	case r.Method == http.MethodPut:
		content, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Type") != "image/jpeg" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		b.objects[key], b.puts[key] = content, time.Now()
	case r.Method == http.MethodDelete:
		delete(b.objects, key)
		w.WriteHeader(http.StatusNoContent)
	case !there:
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `<Error><Code>NoSuchKey</Code></Error>`)
	default:
		http.ServeContent(w, r, "", b.puts[key], strings.NewReader(string(content)))
	}
}

func (b *bucket) list(w http.ResponseWriter, prefix, after string) {
	type object struct {
		Key          string
		Size         int
		LastModified string
	}
	var page struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string
		Contents              []object
	}
	var keys []string
	for k := range b.objects {
		if strings.HasPrefix(k, prefix) && k > after {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	const most = 3
	if len(keys) > most {
		keys, page.IsTruncated, page.NextContinuationToken = keys[:most], true, keys[most-1]
	}
	for _, k := range keys {
		page.Contents = append(page.Contents, object{k, len(b.objects[k]), b.puts[k].UTC().Format(time.RFC3339Nano)})
	}
	_ = xml.NewEncoder(w).Encode(page)
}

// TestS3Pieces: so do pieces of uploads.
func TestS3Pieces(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "x")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "x")
	fake := &bucket{objects: map[string][]byte{}, puts: map[string]time.Time{}}
	server := httptest.NewServer(fake)
	defer server.Close()
	mediatest.Pieces(t, func(t *testing.T) media.Pieces {
		return cloudblob.Pieces{Bucket: open(t, "s3://corner?region=us-east-1&use_path_style=true&prefix=mine/&endpoint="+server.URL)}
	})
}

// TestS3Contract: blobs keep their contract over S3's protocol, too, below a prefix.
func TestS3Contract(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "x")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "x")
	mediatest.Blobs(t, func(t *testing.T) media.Blobs {
		fake := &bucket{objects: map[string][]byte{"others/x": nil}, puts: map[string]time.Time{}}
		server := httptest.NewServer(fake)
		t.Cleanup(server.Close)
		t.Cleanup(func() {
			for k := range fake.objects {
				if !strings.HasPrefix(k, "mine/photos/") && k != "others/x" {
					t.Errorf("a blob lies at %s, want it below mine/photos/", k)
				}
			}
		})
		return open(
			t,
			"s3://corner?region=us-east-1&use_path_style=true&prefix=mine/&endpoint="+server.URL,
		)
	})
}
