package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/fault"
	"corner/identity"
	"corner/notify"
)

type notice struct {
	ID        string    `json:"id" example:"ntc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Kind      string    `json:"kind" enum:"signed_in,booking_cancelled,claim_verified,claim_refused,claim_lapsed,report_decided,decided" doc:"There will be more." example:"booking_cancelled"`
	Text      string    `json:"text" doc:"In the language of Accept-Language." example:"老王面馆 取消了您 2026-05-01 19:00 的预订。"`
	SubjectID string    `json:"subject_id" doc:"What it is about." example:"bkg_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID   string    `json:"place_id,omitempty" doc:"The place that it concerns."`
	Read      bool      `json:"read"`
	CreatedAt time.Time `json:"created_at"`
}

type noticeList struct {
	Notices    []notice `json:"notices" doc:"The newest first."`
	Unread     int      `json:"unread" doc:"How many there are in all." example:"1"`
	NextCursor *string  `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type readBody struct {
	UpTo string `json:"up_to" minLength:"1" doc:"This one, and those before it." example:"ntc_01kay3c4zq8v0e5t7m2r9x6b1d"`
}

type noticeListOutput struct{ Body noticeList }

func (a *API) routeNotices(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID:        "listNotices",
		Method:    http.MethodGet,
		Path:      "/v1/me/notices",
		Tag:       tagDevices,
		SignedIn:  true,
		Suspended: true,
		Summary:   "What happened that concerns me",
		About: "A sign-in on another device, a booking that the shop cancelled, what came of a claim or a report, what the operators decided. Kept for " +
			"half a year.",
	}, a.notices)
	rest.RouteBody(s, rest.Operation{
		ID: "readNotices", Method: http.MethodPost, Path: "/v1/me/notices/read", Tag: tagDevices, SignedIn: true, Suspended: true,
		Status: http.StatusNoContent, Summary: "I have read them", About: "One notice and those before it are read. Again changes nothing.",
		Faults:  []*fault.Error{notify.ErrNotFound},
		Example: readBody{UpTo: "ntc_01kay3c4zq8v0e5t7m2r9x6b1d"},
	}, a.readNotices)
}

func (a *API) notices(ctx context.Context, c *rest.Call, in *rest.PageInput) (*noticeListOutput, error) {
	before := in.After(c, "ntc")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, unread, err := a.Inbox.Notices(ctx, actor, notify.ID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &noticeListOutput{noticeList{Notices: []notice{}, Unread: unread}}
	list, out.Body.NextCursor = rest.More(*in, list, func(n *notify.Notice) string { return string(n.ID) })
	for i := range list {
		n := &list[i]
		out.Body.Notices = append(out.Body.Notices, notice{
			ID: string(n.ID), Kind: string(n.Kind), Text: n.Text(identity.Language(c.Language)), SubjectID: n.Subject, PlaceID: string(n.Place),
			Read: !n.ReadAt.IsZero(), CreatedAt: n.CreatedAt,
		})
	}
	return out, nil
}

func (a *API) readNotices(ctx context.Context, c *rest.Call, _ *rest.Empty, body *readBody) (*rest.Empty, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	return &rest.Empty{}, a.Inbox.Read(ctx, actor, notify.ID(body.UpTo))
}
