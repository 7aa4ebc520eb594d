package rest

import (
	"encoding/base64"

	"corner/fault"
	"corner/uid"
)

// PageInput is how a list is asked for, page by page. It is exported because huma
// does not look into embedded structs that are not.
type PageInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"How many items a page has at most."`
	Cursor string `query:"cursor" maxLength:"512" doc:"Where to go on: next_cursor of the page before. Not to be looked into."`
}

// After is the id of the last item on the page before, "" for the first page.
func (in PageInput) After(c *Call, prefix string) string {
	if in.Cursor == "" {
		return ""
	}
	id, ok := parseCursor(prefix, in.Cursor)
	c.Faults.Check(ok, "?cursor", fault.BadFormat)
	return id
}

// More cuts a list that was asked for with one item beyond the limit, and tells the
// cursor of the next page.
func More[T any](in PageInput, list []T, id func(*T) string) ([]T, *string) {
	if len(list) <= in.Limit {
		return list, nil
	}
	list = list[:in.Limit]
	next := formatCursor(id(&list[len(list)-1]))
	return list, &next
}

func formatCursor(id string) string { return base64.RawURLEncoding.EncodeToString([]byte(id)) }

func parseCursor(prefix, cursor string) (id string, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || !uid.Valid(prefix, string(raw)) {
		return "", false
	}
	return string(raw), true
}
