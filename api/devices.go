package api

import (
	"context"
	"net/http"
	"time"

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

func (a *API) routeDevices(s *Server) {
	route(s, operation{
		id: "listDevices", method: http.MethodGet, path: "/v1/devices", tag: tagDevices, signedIn: true,
		summary: "Where you are signed in", about: "The newest sign-in first.",
	}, a.devices)
	route(s, operation{
		id: "signOut", method: http.MethodDelete, path: "/v1/devices/{id}", tag: tagDevices, status: http.StatusNoContent, signedIn: true,
		summary: "Sign out on a device", about: "Its tokens, access tokens too, are refused at once. Signing out twice changes nothing.",
		faults: []*fault.Error{identity.ErrDeviceNotFound},
	}, a.signOut)
	route(s, operation{
		id: "signOutOthers", method: http.MethodDelete, path: "/v1/devices", tag: tagDevices, status: http.StatusNoContent, signedIn: true,
		summary: "Sign out everywhere else", about: "On all devices but the one that asks; with current=true on that one, too.",
	}, a.signOutOthers)
}

func (a *API) devices(ctx context.Context, c *call, in *PageInput) (*deviceListOutput, error) {
	before := in.after(c, "ses")
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Accounts.Devices(ctx, actor, identity.SessionID(before), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &deviceListOutput{deviceList{Devices: []device{}}}
	list, out.Body.NextCursor = more(*in, list, func(s *identity.Session) string { return string(s.ID) })
	for _, s := range list {
		out.Body.Devices = append(out.Body.Devices, device{
			ID: string(s.ID), Name: s.Device.Name, CreatedAt: s.CreatedAt, LastSeenAt: s.RotatedAt, Current: s.ID == actor.Session,
		})
	}
	return out, nil
}

func (a *API) signOut(ctx context.Context, c *call, in *deviceInput) (*empty, error) {
	id := identity.SessionID(in.ID)
	if in.ID == "current" {
		id = c.actor.Session
	}
	return &empty{}, a.Accounts.SignOut(ctx, c.actor, id)
}

func (a *API) signOutOthers(ctx context.Context, c *call, in *devicesInput) (*empty, error) {
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	return &empty{}, a.Accounts.SignOutOthers(ctx, actor, in.Current)
}
