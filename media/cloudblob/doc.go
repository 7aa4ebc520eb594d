// Package cloudblob is media.Blobs in a folder, in a bucket of S3 or of what speaks like
// it, or in this process's memory.
//
//	blobs, err := cloudblob.Open(ctx, "file:///var/lib/corner/blobs")
//	blobs, err := cloudblob.Open(ctx, "s3://corner?region=eu-central-1")
//	blobs, err := cloudblob.Open(ctx, "mem:")
//
// A blob lies at photos/ab/abcd….jpg, by the first two characters of its digest and
// the whole of it, so that no folder holds all of them. The parameters of an S3 URL
// are region, endpoint, use_path_style, disable_https, profile, and prefix=a/, by which
// several Corners can share a bucket; its keys come from where AWS's own tools take them:
// the environment, the credentials file, the machine's role.
package cloudblob
