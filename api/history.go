package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
)

type revision struct {
	Seq     int64     `json:"seq" doc:"1 for the place's first." example:"2"`
	Subject string    `json:"subject" doc:"The place, or one of its services." example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Kind    string    `json:"kind" example:"place.changed"`
	Version int64     `json:"version" doc:"Of the subject, after the change." example:"2"`
	ActorID string    `json:"actor_id,omitempty" doc:"Who did it." example:"usr_01kay3c4zq8v0e5t7m2r9x6b1d"`
	At      time.Time `json:"at"`
	Changes []change  `json:"changes"`
}

type change struct {
	Field  string          `json:"field" doc:"A JSON pointer." example:"/phone"`
	Before json.RawMessage `json:"before,omitempty" doc:"Any JSON. Absent: it had none."`
	After  json.RawMessage `json:"after,omitempty" doc:"Any JSON. Absent: it has none now."`
}

type revisionList struct {
	Revisions  []revision `json:"revisions" doc:"The latest first."`
	NextCursor *string    `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type historyInput struct {
	Place string `path:"id" doc:"The place's id."`
	rest.PageInput
}

type historyOutput struct{ Body revisionList }

func (a *API) routeHistory(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:       "listPlaceHistory",
		Method:   http.MethodGet,
		Path:     "/v1/places/{id}/history",
		Tag:      tagPlaces,
		SignedIn: true,
		Summary:  "Who changed what",
		About:    "Every change of the place and of its services, the latest first; for the people who work there, and for operators.",
		Faults:   []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.history)
}

func (a *API) history(ctx context.Context, c *rest.Call, in *historyInput) (*historyOutput, error) {
	var before int64
	if in.Cursor != "" {
		var ok bool
		before, ok = parseSeqCursor(in.Cursor)
		c.Faults.Check(ok, "?cursor", fault.BadFormat)
	}
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.History(ctx, actor, catalog.PlaceID(in.Place), before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &historyOutput{revisionList{Revisions: []revision{}}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		next := formatSeqCursor(list[len(list)-1].Seq)
		out.Body.NextCursor = &next
	}
	for _, r := range list {
		w := revision{
			Seq:     r.Seq,
			Subject: r.Subject,
			Kind:    string(r.Kind),
			Version: r.Version,
			ActorID: string(r.Actor),
			At:      r.At,
			Changes: []change{},
		}
		for _, x := range r.Changes {
			w.Changes = append(w.Changes, change{rest.PointerTo(x.Field), x.Before, x.After})
		}
		out.Body.Revisions = append(out.Body.Revisions, w)
	}
	return out, nil
}

// The cursor of a list that is numbered.
func formatSeqCursor(seq int64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("seq_" + strconv.FormatInt(seq, 10)))
}

func parseSeqCursor(cursor string) (seq int64, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) < 5 || string(raw[:4]) != "seq_" {
		return 0, false
	}
	seq, err = strconv.ParseInt(string(raw[4:]), 10, 64)
	return seq, err == nil && seq > 0
}
