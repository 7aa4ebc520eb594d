// Package worker develops pictures in processes of their own, one a picture: whatever a decoder takes
// goes back to the system when its worker ends, and whatever a hostile picture does to it is done to
// nobody else. It is a media.Developer, and what runs in the worker.
//
// A worker reads one order on its standard input and writes one answer on its standard output, each a
// sequence of frames: a length in four bytes, the most significant first, and so many bytes. It ends
// with the answer, or when its input ends, for then whoever has asked is gone.
package worker
