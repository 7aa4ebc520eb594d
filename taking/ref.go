package taking

import (
	"cmp"
	"slices"
	"strings"
)

// Kind says what sort of thing is taken. Part of the stored format.
type Kind string

// The kinds of things that are taken.
const (
	// Seats of a service: people served at one moment. The id is the service's.
	Seats Kind = "seats"
	// PerPerson is one person's open bookings of one service. The id is both: see
	// PerPersonRef.
	PerPerson Kind = "per_person"
)

// Ref names one thing that can be taken.
type Ref struct {
	Kind Kind
	ID   string
}

// Compare orders refs as their locks are taken: by kind, and then by id.
func (r Ref) Compare(o Ref) int {
	return cmp.Or(cmp.Compare(r.Kind, o.Kind), cmp.Compare(r.ID, o.ID))
}

// SeatsOf is the seats of a service.
func SeatsOf[S ~string](service S) Ref { return Ref{Seats, string(service)} }

// PerPersonRef is the open bookings that one person has of one service.
func PerPersonRef[S, U ~string](service S, user U) Ref {
	return Ref{PerPerson, string(service) + "/" + string(user)}
}

// Taking is N of one thing.
type Taking struct {
	Ref Ref
	N   int
}

// Sorted is takings in the order of their refs, which is the order of their locks.
func Sorted(takes []Taking) []Taking {
	return slices.SortedFunc(slices.Values(takes), func(a, b Taking) int { return a.Ref.Compare(b.Ref) })
}

// Refs is what takings are of, in order, each once.
func Refs(lists ...[]Taking) []Ref {
	var refs []Ref
	for _, takes := range lists {
		for _, t := range takes {
			refs = append(refs, t.Ref)
		}
	}
	slices.SortFunc(refs, Ref.Compare)
	return slices.Compact(refs)
}

// String is "seats svc_…", for messages.
func (r Ref) String() string { return strings.TrimSpace(string(r.Kind) + " " + r.ID) }
