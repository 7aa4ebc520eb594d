package api

import (
	"context"
	"net/http"
	"time"

	"corner/api/rest"

	"corner/catalog"
	"corner/fault"
	"corner/geo"
	"corner/money"
)

// serviceBody is a service as a merchant sends it, and what a merge patch is applied to.
type serviceBody struct {
	Name        string  `json:"name" minLength:"1" maxLength:"120" doc:"What is sold." example:"二人桌"`
	Description string  `json:"description,omitempty" maxLength:"2000" doc:"For people."`
	Section     string  `json:"section,omitempty" maxLength:"60" doc:"The heading it stands under on the menu." example:"晚餐"`
	Position    int     `json:"position,omitempty" minimum:"0" maximum:"100000" doc:"Services are listed by it, and then in the order of making." example:"10"`
	Duration    int     `json:"duration_minutes,omitempty" minimum:"1" maximum:"1440" doc:"How long it takes. May be absent for what cannot be booked." example:"60"`
	Price       amount  `json:"price" doc:"For one person of the party, or the least of a range."`
	PriceTo     *amount `json:"price_to,omitempty" doc:"The most of a range."`
	Bookable    bool    `json:"bookable" doc:"Whether slots of it can be taken. False: walk in." example:"true"`
	Capacity    int     `json:"capacity,omitempty" minimum:"1" maximum:"10000" doc:"People that can be served at one moment. 1 unless told." example:"10"`
	PerPerson   int     `json:"per_person_limit,omitempty" minimum:"0" maximum:"1000" doc:"How many open bookings of it one person may have. Absent or 0: no limit." example:"2"`
	Step        int     `json:"slot_step_minutes,omitempty" minimum:"1" maximum:"1440" doc:"Between two start times. The duration unless told." example:"30"`
	ServiceRules
	AtHome       *homeBody         `json:"at_home,omitempty" doc:"It is brought to the customer's home. Absent: it is had at the place."`
	Payment      *paymentBody      `json:"payment,omitempty" doc:"Paid at the shop unless told."`
	Cancellation *cancellationBody `json:"cancellation,omitempty" doc:"What it costs to call off. Absent: nothing."`
	Attributes   []string          `json:"attributes,omitempty" maxItems:"64" doc:"Keys of GET /v1/attributes."`
}

// ServiceRules is how the time of a service may be taken, as it is sent and shown. It is exported since huma
// does not look into embedded structs that are not.
type ServiceRules struct {
	BufferBefore int `json:"buffer_before_minutes,omitempty" minimum:"0" maximum:"360" doc:"Taken before each slot, and not shown." example:"5"`
	BufferAfter  int `json:"buffer_after_minutes,omitempty" minimum:"0" maximum:"360" doc:"Taken after each slot, and not shown." example:"10"`
	Lead         int `json:"lead_minutes,omitempty" minimum:"0" maximum:"129600" doc:"How long before its start a slot is booked, at the least." example:"60"`
	Horizon      int `json:"horizon_days,omitempty" minimum:"0" maximum:"180" doc:"How many days after today it is booked, in the place's zone. Absent or 0: 180 days of 24 hours." example:"30"`
	PartyMin     int `json:"party_min,omitempty" minimum:"0" maximum:"10000" doc:"The fewest people it is for." example:"2"`
	PartyMax     int `json:"party_max,omitempty" minimum:"0" maximum:"10000" doc:"The most people it is for. Absent or 0: as many as there is room for." example:"6"`
}

type homeBody struct {
	Radius float64 `json:"radius_m" minimum:"100" maximum:"100000" doc:"Of the area served around the place, in metres." example:"5000"`
	Travel int     `json:"travel_minutes,omitempty" minimum:"0" maximum:"360" doc:"One way, at the most." example:"30"`
}

type paymentBody struct {
	Kind    string  `json:"kind" enum:"at_shop,prepay,deposit" doc:"When it is paid for." example:"deposit"`
	Deposit *amount `json:"deposit,omitempty" doc:"With deposit: for one person, when it is booked."`
}

type cancellationBody struct {
	Free int `json:"free_hours,omitempty" minimum:"0" maximum:"720" doc:"Free until so many hours before the start." example:"24"`
	Fee  int `json:"fee_percent,omitempty" minimum:"0" maximum:"100" doc:"Of the price, after that." example:"50"`
}

type service struct {
	ID          string  `json:"id" example:"svc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	PlaceID     string  `json:"place_id" example:"plc_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name        string  `json:"name" example:"二人桌"`
	Description string  `json:"description,omitempty"`
	Section     string  `json:"section,omitempty" example:"晚餐"`
	Position    int     `json:"position" example:"10"`
	Duration    int     `json:"duration_minutes" doc:"0 when not told." example:"60"`
	Price       amount  `json:"price" doc:"For one person of the party, or the least of a range."`
	PriceTo     *amount `json:"price_to,omitempty" doc:"The most of a range."`
	Bookable    bool    `json:"bookable"`
	Capacity    int     `json:"capacity" example:"10"`
	PerPerson   int     `json:"per_person_limit" doc:"How many open bookings of it one person may have; 0 for no limit." example:"2"`
	Step        int     `json:"slot_step_minutes" example:"30"`
	ServiceRules
	AtHome       *homeBody        `json:"at_home,omitempty" doc:"Absent: it is had at the place."`
	Payment      paymentBody      `json:"payment"`
	Cancellation cancellationBody `json:"cancellation" doc:"Both 0: free until the start."`
	Attributes   []string         `json:"attributes" doc:"Keys of GET /v1/attributes." example:"[\"wifi\"]"`
	SoldOutUntil string           `json:"sold_out_until,omitempty" doc:"The first day on which it is sold again, in the place's zone. Absent unless it is sold out." example:"2026-12-02"`
	Retired      bool             `json:"retired" doc:"Not sold any more; bookings of it stand."`
	Version      int64            `json:"version" doc:"Grows with every change; the ETag." example:"1"`
	CreatedAt    time.Time        `json:"created_at"`
	UpdatedAt    time.Time        `json:"updated_at"`
}

type serviceList struct {
	Services   []service `json:"services"`
	NextCursor *string   `json:"next_cursor" doc:"For the next page; null on the last." example:"eyJhZnRlciI6MX0"`
}

type createServiceInput struct {
	Place string `path:"id" doc:"The place's id."`
	rest.KeyInput
}

type servicePageInput struct {
	Place string `path:"id" doc:"The place's id."`
	rest.PageInput
}

type serviceInput struct {
	ID string `path:"id" doc:"The service's id."`
}

type serviceOutput struct {
	ETag     string `header:"ETag" doc:"The service's version, for If-Match."`
	Location string `header:"Location" doc:"Where the service is read. Only with 201."`
	Body     service
}

type serviceListOutput struct{ Body serviceList }

var exampleService = serviceBody{Name: "二人桌", Duration: 60, Price: amount{2800, "CNY"}, Bookable: true, Capacity: 10, Step: 30}

func (a *API) routeServices(s *rest.Server) {
	rest.RouteBody(s, rest.Operation{
		ID:       "createService",
		Method:   http.MethodPost,
		Path:     "/v1/places/{id}/services",
		Tag:      tagServices,
		Status:   http.StatusCreated,
		SignedIn: true,
		Creates:  true,
		Summary:  "Put a service on a place's list",
		About:    "A manager's right. Public services cannot be bookable.",
		Faults:   []*fault.Error{catalog.ErrPlaceNotFound, catalog.ErrDiscoveryOnly, catalog.ErrTooManyServices, catalog.ErrMerchantClosed},
		Example:  exampleService,
	}, a.createService)
	a.routeMenus(s)
	rest.Route(s, rest.Operation{
		ID: "listServices", Method: http.MethodGet, Path: "/v1/places/{id}/services", Tag: tagServices,
		Summary: "What a place sells", About: "By position, and then in the order of making.",
		Faults: []*fault.Error{catalog.ErrPlaceNotFound},
	}, a.servicesOf)
	rest.Route(s, rest.Operation{
		ID: "getService", Method: http.MethodGet, Path: "/v1/services/{id}", Tag: tagServices,
		Summary: "Read a service", About: "That of a published place is for anybody, retired or not.",
		Faults: []*fault.Error{catalog.ErrServiceNotFound},
	}, a.service)
	a.routePatchService(s)
}

func (a *API) createService(ctx context.Context, c *rest.Call, in *createServiceInput, body *serviceBody) (*serviceOutput, error) {
	o := body.parse()
	actor, err := c.Admit(o)
	if err != nil {
		return nil, err
	}
	key, err := c.Key("services.create", in.Place, body)
	if err != nil {
		return nil, err
	}
	v, err := a.Catalog.AddService(ctx, actor, catalog.PlaceID(in.Place), o, key)
	if err != nil {
		return nil, err
	}
	out := serviceAnswer(&v)
	out.Location = "/v1/services/" + string(v.ID)
	return out, nil
}

func (a *API) servicesOf(ctx context.Context, c *rest.Call, in *servicePageInput) (*serviceListOutput, error) {
	after := in.After(c, "svc")
	actor, err := c.Admit()
	if err != nil {
		return nil, err
	}
	list, err := a.Catalog.Services(ctx, actor, catalog.PlaceID(in.Place), catalog.ServiceID(after), in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &serviceListOutput{}
	list, out.Body.NextCursor = rest.More(in.PageInput, list, func(v *catalog.Service) string { return string(v.ID) })
	out.Body.Services = renderServices(list)
	return out, nil
}

func (a *API) service(ctx context.Context, c *rest.Call, in *serviceInput) (*serviceOutput, error) {
	v, _, err := a.Catalog.Service(ctx, c.Actor, catalog.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	return serviceAnswer(&v), nil
}

func (b *serviceBody) parse() catalog.Offer {
	o := catalog.Offer{
		Name: b.Name, Description: b.Description, Section: b.Section, Position: b.Position,
		Duration: time.Duration(b.Duration) * time.Minute, Price: b.Price.parse(), Bookable: b.Bookable,
		Capacity: b.Capacity, PerPerson: b.PerPerson, Step: time.Duration(b.Step) * time.Minute, Attributes: b.Attributes,
		Rules: b.ServiceRules.parse(),
	}
	if b.PriceTo != nil {
		o.PriceTo = b.PriceTo.parse()
	}
	if h := b.AtHome; h != nil {
		o.AtHome = &catalog.AtHome{Radius: geo.Metres(h.Radius), Travel: time.Duration(h.Travel) * time.Minute}
	}
	if p := b.Payment; p != nil {
		o.Payment.Kind = catalog.PaymentKind(p.Kind)
		if p.Deposit != nil {
			o.Payment.Deposit = p.Deposit.parse()
		}
	}
	if x := b.Cancellation; x != nil {
		o.Cancellation = catalog.Cancellation{Free: time.Duration(x.Free) * time.Hour, Fee: money.BasisPoints(x.Fee) * pointsPerCent}
	}
	return o
}

func (r *ServiceRules) parse() catalog.Rules {
	return catalog.Rules{
		Buffers: catalog.Buffers{Before: time.Duration(r.BufferBefore) * time.Minute, After: time.Duration(r.BufferAfter) * time.Minute},
		Lead:    time.Duration(r.Lead) * time.Minute, Horizon: r.Horizon, PartyMin: r.PartyMin, PartyMax: r.PartyMax,
	}
}

func renderRules(r *catalog.Rules) ServiceRules {
	return ServiceRules{
		BufferBefore: minutes(r.Buffers.Before), BufferAfter: minutes(r.Buffers.After),
		Lead: minutes(r.Lead), Horizon: r.Horizon, PartyMin: r.PartyMin, PartyMax: r.PartyMax,
	}
}

const pointsPerCent = 100

func serviceAnswer(v *catalog.Service) *serviceOutput {
	return &serviceOutput{ETag: rest.FormatETag(v.Version), Body: renderService(v)}
}

func renderServices(list []catalog.Service) []service {
	out := make([]service, len(list))
	for i := range list {
		out[i] = renderService(&list[i])
	}
	return out
}

func renderService(v *catalog.Service) service {
	out := service{
		ID: string(v.ID), PlaceID: string(v.Place), Name: v.Name, Description: v.Description, Section: v.Section, Position: v.Position,
		Duration: minutes(v.Duration), Price: renderAmount(v.Price), PriceTo: renderSome(v.PriceTo),
		Bookable: v.Bookable, Capacity: v.Capacity, PerPerson: v.PerPerson, Step: minutes(v.Step), AtHome: renderHome(v.AtHome),
		ServiceRules: renderRules(&v.Rules),
		Payment:      renderPayment(v.Payment), Cancellation: renderCancellation(v.Cancellation),
		Attributes: append([]string{}, v.Attributes...), Retired: v.Retired(), Version: v.Version, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	}
	if v.SoldOutUntil != 0 {
		out.SoldOutUntil = v.SoldOutUntil.String()
	}
	return out
}

func renderPayment(p catalog.Payment) paymentBody {
	return paymentBody{Kind: string(p.Kind), Deposit: renderSome(p.Deposit)}
}

func renderCancellation(c catalog.Cancellation) cancellationBody {
	return cancellationBody{Free: int(c.Free / time.Hour), Fee: int(c.Fee / pointsPerCent)}
}

// renderSome is an amount that may be none.
func renderSome(m money.Amount) *amount {
	if m.Currency == "" {
		return nil
	}
	a := renderAmount(m)
	return &a
}

func renderHome(h catalog.AtHome) *homeBody {
	if h.Radius == 0 {
		return nil
	}
	return &homeBody{Radius: float64(h.Radius), Travel: minutes(h.Travel)}
}

func minutes(d time.Duration) int { return int(d / time.Minute) }
