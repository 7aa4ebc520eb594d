package fault

import "time"

// CurrentVersion is the Data of an error about a version: the version that is current.
type CurrentVersion int64

// Limited is the Data of a TooMany error: the limit, and when all of it is available again.
type Limited struct {
	Limit int
	Reset time.Duration
}
