package main

import (
	"corner/booking"
	"corner/catalog"
)

// quotasConfig is how much one person may have, whatever the rate at which it is asked for.
type quotasConfig struct {
	OpenBookings        int `env:"CORNER_OPEN_BOOKINGS" default:"20" placeholder:"N" help:"Holds and bookings ahead that one person may have."`
	OverlappingBookings int `env:"CORNER_OVERLAPPING_BOOKINGS" default:"2" placeholder:"N" help:"Those of them at one time."`
	HoldRenewals        int `env:"CORNER_HOLD_RENEWALS" default:"3" placeholder:"N" help:"How often one person may hold a slot again that was let go."`
	MerchantsPerPerson  int `env:"CORNER_MERCHANTS_PER_PERSON" default:"3" placeholder:"N" help:"Merchants that one person may own and register another."`
	OpenClaims          int `env:"CORNER_OPEN_CLAIMS" default:"20" placeholder:"N" help:"Claims of places, not proved yet, that one person may have."`
	NewAccountClaims    int `env:"CORNER_NEW_ACCOUNT_CLAIMS" default:"3" placeholder:"N" help:"The same, of an account of less than a week."`
	NewAccountListings  int `env:"CORNER_NEW_ACCOUNT_LISTINGS" default:"5" placeholder:"N" help:"Places a day that an account of less than a week may register."`
	ReportsPerPerson    int `env:"CORNER_REPORTS_PER_PERSON" default:"20" placeholder:"N" help:"Reports a day that one person may make."`
	PhotosPerPerson     int `env:"CORNER_PHOTOS_PER_PERSON" default:"200" placeholder:"N" help:"Photos a day that one person may upload."`
}

func (c *quotasConfig) all() []capFlag {
	return []capFlag{
		{"open-bookings", c.OpenBookings},
		{"overlapping-bookings", c.OverlappingBookings},
		{"hold-renewals", c.HoldRenewals},
		{"merchants-per-person", c.MerchantsPerPerson},
		{"open-claims", c.OpenClaims},
		{"new-account-claims", c.NewAccountClaims},
		{"new-account-listings", c.NewAccountListings},
		{"reports-per-person", c.ReportsPerPerson},
		{"photos-per-person", c.PhotosPerPerson},
	}
}

func (c *quotasConfig) bookings() booking.Quotas {
	return booking.Quotas{Open: c.OpenBookings, Overlapping: c.OverlappingBookings, Renewals: c.HoldRenewals}
}

func (c *quotasConfig) catalog() catalog.Quotas {
	return catalog.Quotas{Claims: c.OpenClaims, YoungClaims: c.NewAccountClaims, Listings: c.NewAccountListings}
}
