package fault

import "time"

// CurrentVersion is the Data of a refusal for the sake of a version: the one there is.
type CurrentVersion int64

// Limited is the Data of a TooMany: what the limit is, and when all of it is there again.
type Limited struct {
	Limit int
	Reset time.Duration
}
