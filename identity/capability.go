package identity

// Capability is something that somebody may do for a merchant. Rooms ask for one at a place, and never for a role.
type Capability uint

// The capabilities.
const (
	ReadPlaces     Capability = 1 << iota // and what is sold and shown there, drafts too
	ReadHistory                           // who changed what of a place, and by which claim it is held
	ReadBookings                          // and visits: who comes, when, and what it costs
	ConfirmVisits                         // by the code that the consumer shows
	SellOut                               // a service for some days
	ManageBookings                        // cancels and moves what consumers booked
	EditTexts                             // what a place and its services are called, and what is said of them
	EditPlaces                            // everything else about a place, and whether it can be found
	EditServices                          // everything else about what is sold
	EditPhotos
	ManageStaff    // who may do what
	ManageMerchant // its name, and its end
)

const (
	counterMay   = ReadPlaces | ReadHistory | ReadBookings | ConfirmVisits | SellOut
	managerMay   = counterMay | ManageBookings | EditTexts | EditPlaces | EditServices | EditPhotos
	ownerMay     = managerMay | ManageStaff | ManageMerchant
	financeMay   = ReadPlaces | ReadHistory | ReadBookings
	marketingMay = ReadPlaces | EditTexts | EditPhotos
)

// Role is a set of capabilities that has a name.
type Role int

// The roles. None is greater than another: ask what one may.
const (
	Counter Role = iota + 1
	Manager
	Owner
	Finance
	Marketing
)

var roles = map[Role]struct {
	name string
	may  Capability
}{
	Counter:   {"counter", counterMay},
	Manager:   {"manager", managerMay},
	Owner:     {"owner", ownerMay},
	Finance:   {"finance", financeMay},
	Marketing: {"marketing", marketingMay},
}

func (r Role) String() string { return roles[r].name }

func (r Role) known() bool { return roles[r].name != "" }

// May reports whether the role has a capability.
func (r Role) May(c Capability) bool { return roles[r].may&c == c && c != 0 }

// ParseRole reads a role's name.
func ParseRole(name string) (Role, bool) {
	for r, is := range roles {
		if is.name == name {
			return r, true
		}
	}
	return 0, false
}
