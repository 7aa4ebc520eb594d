package moderation

import (
	"context"

	"corner/event"
	"corner/fault"
	"corner/idempotency"
)

// Filter chooses cases; the zero Filter chooses all.
type Filter struct {
	State State
	Kind  Kind
}

// Store keeps cases, reports and decisions.
type Store interface {
	// Report stores r in the open case of c's subject, opening c if there is none, with the event. Who
	// has reported in that case before gets that report, and nothing is stored. A repeat of key gets what
	// the first call stored. admit is asked about a new one only: how many the person has made in the Day
	// before, rivals or not.
	Report(
		ctx context.Context, r Report, c Case, key idempotency.Key, e event.Event, admit func(today int) error,
	) (Report, error)
	// Open stores c, unless its event has opened one before, or its subject has an open case of its kind.
	Open(ctx context.Context, c Case) error
	// Case is one case; ErrNotFound if there is none.
	Case(ctx context.Context, id CaseID) (Case, error)
	// Cases is those that f chooses, the oldest first, at most limit after the given one.
	Cases(ctx context.Context, f Filter, after CaseID, limit int) ([]Case, error)
	// Reports is those of a case, the oldest first, at most limit.
	Reports(ctx context.Context, id CaseID, limit int) ([]Report, error)
	// Decisions is those of a case, the latest first, at most limit.
	Decisions(ctx context.Context, id CaseID, limit int) ([]Decision, error)
	// Decide adds a decision to a case, which is decided then, with the event. ErrNotFound if there is
	// no such case.
	Decide(ctx context.Context, id CaseID, d Decision, e event.Event) (Case, error)
}

// What can go wrong with moderation.
var (
	ErrNotFound = fault.New(fault.NotFound, "moderation.not_found",
		"there is no such case", "没有该事项")
	ErrNotReportable = fault.New(fault.NotFound, "report.subject_not_found",
		"there is nothing like that to report", "没有可举报的该内容")
	ErrTooManyReports = fault.New(fault.TooMany, "report.too_many_today",
		"you have reported as much as one person may in a day", "您今日的举报次数已达上限")
)
