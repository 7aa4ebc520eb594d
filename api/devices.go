package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/fault"
	"corner/identity"
)

type device struct {
	ID         string    `json:"id" doc:"This sign-in on the device." example:"ses_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name       string    `json:"name" doc:"As the app called it; empty if it did not." example:"小王的手机"`
	CreatedAt  time.Time `json:"created_at" doc:"When you signed in."`
	LastSeenAt time.Time `json:"last_seen_at" doc:"When its tokens were last refreshed, which a phone in use does every quarter of an hour."`
	Current    bool      `json:"current" doc:"It is the one that asks."`
}

type deviceList struct {
	Devices    []device `json:"devices"`
	NextCursor *string  `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type deviceListOutput struct{ Body deviceList }

type deviceInput struct {
	ID string `path:"id" doc:"The device's id, or current for the one that asks."`
}

type devicesInput struct {
	Current bool `query:"current" doc:"Sign out here, too."`
}

func (a *API) routeDevices(s *rest.Server) {
	rest.Route(s, rest.Operation{
		ID: "listDevices", Method: http.MethodGet, Path: "/v1/devices", Tag: tagDevices, SignedIn: true, Suspended: true,
		Summary: "Where you are signed in", About: "The newest sign-in first.",
	}, a.devices)
	rest.Route(s, rest.Operation{
		ID:        "signOut",
		Method:    http.MethodDelete,
		Path:      "/v1/devices/{id}",
		Tag:       tagDevices,
		Status:    http.StatusNoContent,
		SignedIn:  true,
		Suspended: true,
		Summary:   "Sign out on a device",
		About:     "Its tokens, access tokens too, are refused at once. Signing out twice changes nothing.",
		Faults:    []*fault.Error{identity.ErrDeviceNotFound},
	}, a.signOut)
	rest.Route(s, rest.Operation{
		ID:        "signOutOthers",
		Method:    http.MethodDelete,
		Path:      "/v1/devices",
		Tag:       tagDevices,
		Status:    http.StatusNoContent,
		SignedIn:  true,
		Suspended: true,
		Summary:   "Sign out everywhere else",
		About:     "On all devices but the one that asks; with current=true on that one, too.",
	}, a.signOutOthers)
}

func (a *API) devices(ctx context.Context, c *rest.Call, in *rest.PageInput) (*deviceListOutput, error) {
	before := in.After(c, "ses")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.Devices(ctx, actor, identity.SessionID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &deviceListOutput{deviceList{Devices: []device{}}}
	list, out.Body.NextCursor = rest.More(*in, list, func(s *identity.Session) string { return string(s.ID) })
	for _, s := range list {
		out.Body.Devices = append(out.Body.Devices, device{
			ID: string(s.ID), Name: s.Device.Name, CreatedAt: s.CreatedAt, LastSeenAt: s.RotatedAt, Current: s.ID == actor.Session,
		})
	}
	return out, nil
}

func (a *API) signOut(ctx context.Context, c *rest.Call, in *deviceInput) (*rest.Empty, error) {
	id := identity.SessionID(in.ID)
	if in.ID == "current" {
		id = c.Actor.Session
	}
	return &rest.Empty{}, a.Accounts.SignOut(ctx, c.Actor, id)
}

func (a *API) signOutOthers(ctx context.Context, c *rest.Call, in *devicesInput) (*rest.Empty, error) {
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	return &rest.Empty{}, a.Accounts.SignOutOthers(ctx, actor, in.Current)
}
