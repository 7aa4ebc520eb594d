package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"corner/fault"
)

// Unreachable puts an error that says that the database cannot be reached in the caller's
// words. Every way out of this room that may meet one leads through here: write, one,
// Collect, each. SQLite is in the process, and away only if its disk is full or fails.
func Unreachable(err error) error {
	if err == nil || errors.Is(err, fault.ErrAway) || !away(err) {
		return err
	}
	return fmt.Errorf("%w: %w", fault.ErrAway, err)
}

// diskFull is PostgreSQL's code for it.
const diskFull = "53100"

// full reports whether an error says that there is no room to write.
func full(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == diskFull
	}
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && e.Code == sqlite3.ErrFull
}

func away(err error) bool {
	// A caller who gave up, or whose time is over, says nothing of the database.
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		// Connection exceptions; the server is shutting down, has crashed, is starting;
		// too many connections.
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P0") || e.Code == "53300" || e.Code == diskFull
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrIoErr
	}
	_, network := errors.AsType[net.Error](err)
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return network || connecting || errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
