package api

import (
	"context"
	"net/http"
	"time"

	"corner/catalog"
	"corner/fault"
)

type serviceBody struct {
	Name     string `json:"name" minLength:"1" maxLength:"120" doc:"What is sold." example:"二人桌"`
	Duration int    `json:"duration_minutes" minimum:"1" maximum:"1440" doc:"How long it takes." example:"60"`
	Price    amount `json:"price" doc:"For one person of the party."`
	Bookable bool   `json:"bookable" doc:"Whether slots of it can be taken." example:"true"`
	Capacity int    `json:"capacity,omitempty" minimum:"1" maximum:"10000" doc:"People that can be served at one moment. 1 unless told." example:"10"`
	Step     int    `json:"slot_step_minutes,omitempty" minimum:"1" maximum:"1440" doc:"Between two start times. The duration unless told." example:"30"`
}

type service struct {
	ID        string    `json:"id" example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID   string    `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name      string    `json:"name" example:"二人桌"`
	Duration  int       `json:"duration_minutes" example:"60"`
	Price     amount    `json:"price"`
	Bookable  bool      `json:"bookable"`
	Capacity  int       `json:"capacity" example:"10"`
	Step      int       `json:"slot_step_minutes" example:"30"`
	CreatedAt time.Time `json:"created_at"`
}

type serviceList struct {
	Services   []service `json:"services"`
	NextCursor *string   `json:"next_cursor" doc:"For the next page; null on the last."`
}

type createServiceInput struct {
	Place string `path:"id" doc:"The place's id."`
	KeyInput
}

type servicePageInput struct {
	Place string `path:"id" doc:"The place's id."`
	PageInput
}

type serviceInput struct {
	ID string `path:"id" doc:"The service's id."`
}

type serviceOutput struct {
	Location string `header:"Location" doc:"Where the service is read. Only with 201."`
	Body     service
}

type serviceListOutput struct{ Body serviceList }

func (s *surface) services() {
	routeBody(s, operation{
		id: "createService", method: http.MethodPost, path: "/v1/places/{id}/services", tag: tagServices, status: http.StatusCreated, signedIn: true, creates: true,
		summary: "Put a service on a place's list", about: "A manager's right. Public services cannot be bookable.",
		faults:  []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrDiscoveryOnly, catalog.ErrTooManyServices},
		example: serviceBody{Name: "二人桌", Duration: 60, Price: amount{2800, "CNY"}, Bookable: true, Capacity: 10, Step: 30},
	}, s.api.createService)
	route(s, operation{
		id: "listServices", method: http.MethodGet, path: "/v1/places/{id}/services", tag: tagServices,
		summary: "What a place sells", about: "In the order of making.",
		faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, s.api.servicesOf)
	route(s, operation{
		id: "getService", method: http.MethodGet, path: "/v1/services/{id}", tag: tagServices,
		summary: "Read a service", about: "That of a published place is for anybody.",
		faults: []*fault.Error{catalog.ErrServiceNotFound},
	}, s.api.service)
}

func (a *API) createService(ctx context.Context, c *call, in *createServiceInput, body *serviceBody) (*serviceOutput, error) {
	o := body.parse()
	actor, err := c.admit(o)
	if err != nil {
		return nil, err
	}
	key, err := c.key("services.create", in.Place, body)
	if err != nil {
		return nil, err
	}
	v, err := a.Catalog.AddService(ctx, actor, catalog.PlaceID(in.Place), o, key)
	if err != nil {
		return nil, err
	}
	return &serviceOutput{Location: "/v1/services/" + string(v.ID), Body: renderService(&v)}, nil
}

func (a *API) servicesOf(ctx context.Context, c *call, in *servicePageInput) (*serviceListOutput, error) {
	after := in.after(c, "svc")
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.Services(ctx, actor, catalog.PlaceID(in.Place), catalog.ServiceID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &serviceListOutput{serviceList{Services: []service{}}}
	list, out.Body.NextCursor = more(in.PageInput, list, func(v *catalog.Service) string { return string(v.ID) })
	for i := range list {
		out.Body.Services = append(out.Body.Services, renderService(&list[i]))
	}
	return out, nil
}

func (a *API) service(ctx context.Context, c *call, in *serviceInput) (*serviceOutput, error) {
	v, _, err := a.Catalog.Service(ctx, c.actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	return &serviceOutput{Body: renderService(&v)}, nil
}

func (b *serviceBody) parse() catalog.Offer {
	return catalog.Offer{
		Name: b.Name, Duration: time.Duration(b.Duration) * time.Minute, Price: b.Price.parse(), Bookable: b.Bookable,
		Capacity: b.Capacity, Step: time.Duration(b.Step) * time.Minute,
	}
}

func renderService(v *catalog.Service) service {
	return service{
		ID: string(v.ID), PlaceID: string(v.Place), Name: v.Name, Duration: minutes(v.Duration), Price: renderAmount(v.Price),
		Bookable: v.Bookable, Capacity: v.Capacity, Step: minutes(v.Step), CreatedAt: v.CreatedAt,
	}
}

func minutes(d time.Duration) int { return int(d / time.Minute) }
