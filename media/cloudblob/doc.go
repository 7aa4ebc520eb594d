// Package cloudblob is media.Blobs over gocloud.dev/blob: a folder, a bucket of S3 or
// of what speaks like it, or this process's memory.
//
//	blobs, err := cloudblob.Open(ctx, "file:///var/lib/corner/blobs")
//	blobs, err := cloudblob.Open(ctx, "s3://corner?region=eu-central-1")
//	blobs, err := cloudblob.Open(ctx, "mem:")
//
// A blob lies at photos/ab/abcd….jpg, by the first two characters of its digest and
// the whole of it, so that no folder holds all of them. The parameters of an S3 URL are
// those of gocloud.dev's s3blob and of its AWS configuration (region, profile,
// endpoint, use_path_style, disable_https …), and prefix=a/, by which several Corners
// can share a bucket; its keys come from where AWS's own tools take them.
package cloudblob
