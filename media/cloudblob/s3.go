package cloudblob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// objects is keys in a bucket of S3 or of what speaks like it.
type objects struct {
	client         *minio.Client
	bucket, prefix string
}

// openS3 reads the parameters of a URL; one that it does not know is refused, for a slip in
// the name of a bound would let it go.
func openS3(u *url.URL) (*objects, error) {
	o := &objects{bucket: u.Host}
	opts := minio.Options{Secure: true, MaxRetries: 3}
	endpoint, profile := "s3.amazonaws.com", ""
	for name, values := range u.Query() {
		value := values[0]
		switch name {
		case "region":
			opts.Region = value
		case "prefix":
			o.prefix = value
		case "profile":
			profile = value
		case "use_path_style", "s3ForcePathStyle":
			if value == "true" {
				opts.BucketLookup = minio.BucketLookupPath
			}
		case "disable_https":
			opts.Secure = value != "true"
		case "endpoint":
			e, err := url.Parse(value)
			if err != nil || e.Host == "" {
				return nil, errors.New("endpoint is no URL")
			}
			endpoint, opts.Secure = e.Host, e.Scheme != "http"
		default:
			return nil, fmt.Errorf("a URL of s3 has no parameter %q", name)
		}
	}
	if o.bucket == "" {
		return nil, errors.New("a URL of s3 names the bucket: s3://bucket?region=…")
	}
	opts.Creds = credentials.NewChainCredentials([]credentials.Provider{
		&credentials.EnvAWS{},
		&credentials.FileAWSCredentials{Profile: profile},
		&credentials.IAM{Client: &http.Client{Timeout: 5 * time.Second}},
	})
	client, err := minio.New(endpoint, &opts)
	if err != nil {
		return nil, fmt.Errorf("open the bucket: %w", err)
	}
	o.client = client
	return o, nil
}

func (o *objects) put(ctx context.Context, key string, content []byte) error {
	_, err := o.client.PutObject(ctx, o.bucket, o.prefix+key, bytes.NewReader(content), int64(len(content)), minio.PutObjectOptions{
		ContentType:      "image/jpeg",
		DisableMultipart: true,
		// The photo goes as it is, not in chunks: not everything that speaks like S3 takes
		// those, and TLS and the MD5 keep it whole.
		DisableContentSha256: true, SendContentMd5: true,
	})
	return o.orMissing(err)
}

func (o *objects) size(ctx context.Context, key string) (int64, error) {
	info, err := o.client.StatObject(ctx, o.bucket, o.prefix+key, minio.StatObjectOptions{})
	return info.Size, o.orMissing(err)
}

func (o *objects) get(ctx context.Context, key string) ([]byte, error) {
	object, err := o.client.GetObject(ctx, o.bucket, o.prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, o.orMissing(err)
	}
	defer object.Close()
	content, err := io.ReadAll(object)
	return content, o.orMissing(err)
}

func (o *objects) remove(ctx context.Context, key string) error {
	return o.orMissing(o.client.RemoveObject(ctx, o.bucket, o.prefix+key, minio.RemoveObjectOptions{}))
}

func (o *objects) list(ctx context.Context, prefix string, f func(key string, put time.Time) error) error {
	ctx, stop := context.WithCancel(ctx) // ends the listing that f breaks off
	defer stop()
	for info := range o.client.ListObjects(ctx, o.bucket, minio.ListObjectsOptions{Prefix: o.prefix + prefix, Recursive: true}) {
		if info.Err != nil {
			return o.orMissing(info.Err)
		}
		if err := f(strings.TrimPrefix(info.Key, o.prefix), info.LastModified); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (o *objects) ready(ctx context.Context) error {
	there, err := o.client.BucketExists(ctx, o.bucket)
	if err == nil && !there {
		err = errors.New("there is no such bucket")
	}
	return err
}

func (o *objects) close() error { return nil }

// orMissing is errMissing for what is not there.
func (o *objects) orMissing(err error) error {
	if err != nil && minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return fmt.Errorf("%w: %w", errMissing, err)
	}
	return err
}
