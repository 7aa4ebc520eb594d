package catalogtest

import (
	"fmt"
	"sync"
	"time"

	"corner/catalog"
	"corner/idempotency"
	"corner/identity"
	"corner/uid"
)

func (s *suite) merchants() {
	owner := s.user()
	m := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", s.now)), Name: "老王 & Söhne", CreatedAt: s.now}
	got := must2(s.Catalog.AddMerchant(s.Context(), m, owner, idempotency.Key{}, nil, s.event(catalog.MerchantCreated, string(m.ID))))(s)
	s.Same("AddMerchant", m, got)
	s.Same("Merchant", m, must2(s.Catalog.Merchant(s.Context(), m.ID))(s))
	s.Same("roles of the owner, from the first moment", map[identity.MerchantID]identity.Role{m.ID: identity.Owner},
		must2(s.People.Roles(s.Context(), owner))(s))
	s.Same("events", []string{"merchant.created " + string(m.ID)}, s.happened())
	mine := []catalog.Employment{{Merchant: m, Role: identity.Owner, Since: s.now}}
	s.Same("Employments", mine, must2(s.Catalog.Employments(s.Context(), owner, "", 10))(s))
	s.Same("Employments after it", 0, len(must2(s.Catalog.Employments(s.Context(), owner, m.ID, 10))(s)))
	s.Same("Employments of somebody else", 0, len(must2(s.Catalog.Employments(s.Context(), s.user(), "", 10))(s)))

	_, err := s.Catalog.Merchant(s.Context(), "mer_0")
	s.Refused("Merchant of an unknown id", err, identity.ErrMerchantNotFound)

	// Nobody owns it: nothing is stored, nor told.
	m.ID = identity.MerchantID(uid.New("mer", s.now))
	if _, err := s.Catalog.AddMerchant(
		s.Context(),
		m,
		"usr_0",
		idempotency.Key{},
		nil,
		s.event(catalog.MerchantCreated, string(m.ID)),
	); err == nil {
		s.Error("AddMerchant with an owner who is nobody went well, want an error")
	}
	_, err = s.Catalog.Merchant(s.Context(), m.ID)
	s.Refused("Merchant after AddMerchant failed", err, identity.ErrMerchantNotFound)
	s.Same("events after AddMerchant failed", []string(nil), s.happened())
}

// merchantQuota: of many at one moment as many are stored as the rule admits, and a repeat asks
// nobody.
func (s *suite) merchantQuota() {
	owner := s.user()
	admit := func(owned int) error {
		if owned >= 3 {
			return catalog.ErrTooManyMerchants
		}
		return nil
	}
	add := func(token string) error {
		m := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", s.now)), Name: "one", CreatedAt: s.now}
		_, err := s.Catalog.AddMerchant(
			s.Context(),
			m,
			owner,
			s.key(string(owner), token, "merchants.create", "one"),
			admit,
			s.event(catalog.MerchantCreated, string(m.ID)),
		)
		return err
	}
	errs := make([]error, 10)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = add(fmt.Sprint("k", i)) })
	}
	wg.Wait()
	stored := ""
	for i, err := range errs {
		if err == nil {
			stored = fmt.Sprint("k", i)
			continue
		}
		s.Refused("one too many", err, catalog.ErrTooManyMerchants)
	}
	if n := len(must2(s.People.Roles(s.Context(), owner))(s)); n != 3 {
		s.Errorf("ten at one moment made %d merchants, want 3", n)
	}
	if err := add(stored); err != nil {
		s.Errorf("a repeat when there are too many: %v", err)
	}
}

func (s *suite) merchantKeys() {
	owner := s.user()
	add := func(name, token string) (catalog.Merchant, error) {
		m := catalog.Merchant{ID: identity.MerchantID(uid.New("mer", s.now)), Name: name, CreatedAt: s.now.Add(time.Second)}
		return s.Catalog.AddMerchant(
			s.Context(),
			m,
			owner,
			s.key(string(owner), token, "merchants.create", name),
			nil,
			s.event(catalog.MerchantCreated, string(m.ID)),
		)
	}
	first := must2(add("one", "k"))(s)
	s.Same("a repeat", first, must2(add("one", "k"))(s))
	_, err := add("two", "k")
	s.Refused("other input under the key", err, idempotency.ErrReused)
	if other := must2(add("one", "k2"))(s); other.ID == first.ID {
		s.Errorf("another key: got the merchant of the first, %s, want a new one", other.ID)
	}
	if n := len(must2(s.People.Roles(s.Context(), owner))(s)); n != 2 {
		s.Errorf("the owner has roles with %d merchants, want 2", n)
	}
	if n := len(s.happened()); n != 2 {
		s.Errorf("%d events, want 2", n)
	}
}
