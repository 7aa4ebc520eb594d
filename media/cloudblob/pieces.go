package cloudblob

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"corner/media"
)

// Pieces is media.Pieces beside the photos: every instance that shows them can read and add to an upload.
type Pieces struct{ Bucket *Bucket }

var _ media.Pieces = Pieces{}

const pieces = "uploads/"

// PutPiece implements media.Pieces.
func (p Pieces) PutPiece(ctx context.Context, name string, content []byte) error {
	if err := p.Bucket.keys.put(ctx, pieces+name, content); err != nil {
		return p.Bucket.portError(fmt.Errorf("put a piece: %w", err))
	}
	return nil
}

// Piece implements media.Pieces.
func (p Pieces) Piece(ctx context.Context, name string) ([]byte, error) {
	content, err := p.Bucket.keys.get(ctx, pieces+name)
	if err != nil {
		return nil, p.Bucket.portError(fmt.Errorf("read a piece: %w", err))
	}
	return content, nil
}

// RemovePiece implements media.Pieces.
func (p Pieces) RemovePiece(ctx context.Context, name string) error {
	err := p.Bucket.keys.remove(ctx, pieces+name)
	if errors.Is(err, errMissing) {
		return nil
	}
	return p.Bucket.portError(err)
}

// EachPiece implements media.Pieces.
func (p Pieces) EachPiece(ctx context.Context, before time.Time, f func(name string) error) error {
	return p.Bucket.portError(p.Bucket.keys.list(ctx, pieces, func(key string, put time.Time) error {
		if !put.Before(before) {
			return nil
		}
		return f(strings.TrimPrefix(key, pieces))
	}))
}
