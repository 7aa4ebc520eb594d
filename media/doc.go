// Package media is photos: what a place looks like, as its people photographed it.
//
// Words: Photo: one picture of a place, or of something it sells. Album: where they
// are added, put in order and taken out. Variant: one size in which a photo is kept.
// Darkroom: where an upload is read, turned upright, stripped and shrunk. Blob: the
// bytes of a variant, named by their digest. Cover: the photo a place is shown with.
//
//	photo, err := album.Add(ctx, actor, place, media.Draft{Kind: media.Storefront}, upload, key)
//
// Laws:
//   - What is kept was drawn anew: no position, no camera, no comment of the upload is
//     in it. The upload itself is not kept.
//   - A picture is measured before it is decoded, and only so much is decoded at one
//     time: an upload can neither exhaust the memory nor end the program.
//   - Blobs are written before the row that names them, and removed after it: a photo
//     that can be seen is whole. What nobody names is swept when it is old.
//   - The photos of a draft are for the place's own people.
package media
