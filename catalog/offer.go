package catalog

import (
	"time"

	"corner/fault"
	"corner/money"
)

// Offer is what a merchant sends to make or change a service.
type Offer struct {
	Name        string
	Description string
	Section     string
	Position    int
	Duration    time.Duration // 0: not told, for what cannot be booked
	Price       money.Amount
	PriceTo     money.Amount // zero: Price is all
	Bookable    bool
	Capacity    int           // 0: one at a time
	Step        time.Duration // 0: one after the other, every Duration
	PerPerson   int           // 0: no limit

	Rules        Rules
	AtHome       *AtHome // nil: at the place
	Payment      Payment // zero: at the shop
	Cancellation Cancellation
	Attributes   []string
}

const maxPrice = 1_000_000_000_00 // a thousand million of a currency with cents

// service checks the offer and makes a service of it.
func (o Offer) service(id ServiceID, place PlaceID, now time.Time) (Service, error) {
	s := Service{ID: id, Place: place, Version: 1, CreatedAt: now, UpdatedAt: now}
	return s, o.apply(&s)
}

// apply checks the offer and writes it into s.
func (o Offer) apply(s *Service) error {
	var in fault.Input
	s.Name = written(&in, "name", o.Name, MaxName, true)
	s.Description = written(&in, "description", o.Description, MaxDescription, false)
	s.Section = written(&in, "section", o.Section, MaxSection, false)
	s.Position, s.Bookable = o.Position, o.Bookable
	in.Check(s.Position >= 0 && s.Position <= MaxPosition, "position", fault.OutOfRange)
	o.applyTime(&in, s)
	o.applyRules(&in, s)
	o.applyPrice(&in, s)
	s.AtHome = AtHome{}
	if h := o.AtHome; h != nil {
		s.AtHome = *h
		in.Check(h.Radius >= minHomeRadius && h.Radius <= maxHomeRadius, "at_home.radius", fault.OutOfRange)
		in.Check(h.Travel >= 0 && h.Travel <= maxTravel && h.Travel%time.Minute == 0, "at_home.travel", fault.OutOfRange)
	}
	s.Cancellation = o.Cancellation
	in.Check(
		s.Cancellation.Free >= 0 && s.Cancellation.Free <= maxFree && s.Cancellation.Free%time.Hour == 0,
		"cancellation.free",
		fault.OutOfRange,
	)
	in.Check(s.Cancellation.Fee >= 0 && s.Cancellation.Fee <= wholePrice, "cancellation.fee", fault.OutOfRange)
	s.Attributes = attributes(&in, o.Attributes)
	return in.Err()
}

const wholePrice money.BasisPoints = 10_000

func (o Offer) applyTime(in *fault.Input, s *Service) {
	s.Duration, s.Capacity, s.Step, s.PerPerson = o.Duration, o.Capacity, o.Step, o.PerPerson
	if s.Capacity == 0 {
		s.Capacity = 1
	}
	if s.Step == 0 {
		s.Step = s.Duration
	}
	untold := o.Duration == 0 && !o.Bookable
	in.Check(untold || wholeMinutes(s.Duration) && s.Duration <= MaxDuration, "duration", fault.OutOfRange)
	in.Check(o.Step == 0 || wholeMinutes(o.Step) && o.Step <= MaxDuration, "step", fault.OutOfRange)
	in.Check(s.Capacity >= 1 && s.Capacity <= MaxCapacity, "capacity", fault.OutOfRange)
	in.Check(s.PerPerson >= 0 && s.PerPerson <= MaxPerPerson, "per_person", fault.OutOfRange)
}

func wholeMinutes(d time.Duration) bool { return d >= time.Minute && d%time.Minute == 0 }

func (o Offer) applyPrice(in *fault.Input, s *Service) {
	s.Price, s.PriceTo, s.Payment = o.Price, o.PriceTo, o.Payment
	in.Check(s.Price.Minor >= 0 && s.Price.Minor <= maxPrice, "price.amount", fault.OutOfRange)
	in.Check(s.Price.Currency.Known(), "price.currency", fault.Unknown)
	most := s.Price.Minor
	if s.PriceTo != (money.Amount{}) {
		in.Check(s.PriceTo.Currency == s.Price.Currency, "price_to.currency", otherCurrency)
		in.Check(s.PriceTo.Minor >= s.Price.Minor && s.PriceTo.Minor <= maxPrice, "price_to.amount", fault.OutOfRange)
		most = s.PriceTo.Minor
	}
	switch s.Payment.Kind {
	case "":
		s.Payment.Kind = PayAtShop
	case PayAtShop, PayPrepaid, PayDeposit:
	default:
		in.Add("payment.kind", fault.Unknown)
	}
	deposit := s.Payment.Deposit
	if s.Payment.Kind != PayDeposit {
		in.Check(deposit == (money.Amount{}), "payment.deposit", withoutDeposit)
		return
	}
	if in.Check(deposit != (money.Amount{}), "payment.deposit", fault.Required) {
		in.Check(deposit.Currency == s.Price.Currency, "payment.deposit.currency", otherCurrency)
		in.Check(deposit.Minor > 0 && deposit.Minor <= most, "payment.deposit.amount", fault.OutOfRange)
	}
}

// Why money cannot be, where fault has no word for it.
var (
	otherCurrency  = fault.Reason{Code: "other_currency", En: "must be of the currency of the price", Zh: "币种须与价格一致"}
	withoutDeposit = fault.Reason{Code: "unexpected", En: "goes only with the payment kind deposit", Zh: "仅在支付方式为订金时可填"}
)
