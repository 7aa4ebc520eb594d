package api

import (
	"context"
	"net/http"
	"time"

	"corner/catalog"
	"corner/fault"
	"corner/identity"
)

type merchantBody struct {
	Name string `json:"name" minLength:"1" maxLength:"120" doc:"What the business is called." example:"老王面馆"`
}

type merchant struct {
	ID        string    `json:"id" example:"mer_01kay3c4zq8v0e5t7m2r9x6b1d"`
	Name      string    `json:"name" example:"老王面馆"`
	CreatedAt time.Time `json:"created_at"`
}

type merchantInput struct {
	ID string `path:"id" doc:"The merchant's id."`
}

type merchantOutput struct {
	Location string `header:"Location" doc:"Where the merchant is read. Only with 201."`
	Body     merchant
}

func (s *surface) merchants() {
	routeBody(s, operation{
		id: "createMerchant", method: http.MethodPost, path: "/v1/merchants", tag: tagMerchants, status: http.StatusCreated, signedIn: true, creates: true,
		summary: "Register a business", about: "Whoever registers it is its owner.",
		example: merchantBody{Name: "老王面馆"},
	}, s.api.createMerchant)
	route(s, operation{
		id: "getMerchant", method: http.MethodGet, path: "/v1/merchants/{id}", tag: tagMerchants, signedIn: true,
		summary: "Read a business", about: "For the people who work for it.",
		faults: []*fault.Error{identity.ErrMerchantNotFound},
	}, s.api.merchant)
}

func (a *API) createMerchant(ctx context.Context, c *call, _ *KeyInput, body *merchantBody) (*merchantOutput, error) {
	actor, err := c.admit()
	if err != nil {
		return nil, err
	}
	key, err := c.key("merchants.create", body)
	if err != nil {
		return nil, err
	}
	m, err := a.Catalog.CreateMerchant(ctx, actor, body.Name, key)
	if err != nil {
		return nil, err
	}
	return &merchantOutput{Location: "/v1/merchants/" + string(m.ID), Body: renderMerchant(m)}, nil
}

func (a *API) merchant(ctx context.Context, c *call, in *merchantInput) (*merchantOutput, error) {
	m, err := a.Catalog.Merchant(ctx, c.actor, identity.MerchantID(in.ID))
	if err != nil {
		return nil, err
	}
	return &merchantOutput{Body: renderMerchant(m)}, nil
}

func renderMerchant(m catalog.Merchant) merchant {
	return merchant{ID: string(m.ID), Name: m.Name, CreatedAt: m.CreatedAt}
}
