package town

import "fmt"

// Every number of the town is of the form +86 512 0xxx xxxx. 512 is the area code of
// Suzhou; local numbers of China never begin with 0, which is the trunk prefix, so none
// of these can be given to anybody, nor be dialled. As numbers they are well formed,
// so that signing in with one works in a demo, where the code is printed.
const (
	shopPhones     = 0
	ownerPhones    = 1
	consumerPhones = 2
)

func phone(kind, n int) string { return fmt.Sprintf("+865120%d%06d", kind, n+1) }
