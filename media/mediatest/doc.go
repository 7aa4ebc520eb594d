// Package mediatest is the contracts of media.Store and media.Blobs, as tests that every
// implementation runs:
//
//	mediatest.Store(t, func(t *testing.T) mediatest.World { … })
//	mediatest.Blobs(t, func(t *testing.T) media.Blobs { … })
//
// And pictures to upload: with any orientation, and with all that a phone writes into
// them.
package mediatest
