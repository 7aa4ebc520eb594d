// Package archtest holds the module's arrows as a test: which room may import which
// room and which technology, and some laws a compiler does not know.
//
// # Words
//
//   - Room: a package of the module, named by its folder.
//   - [Row]: what one room may import, and why. [Table] is the table of all rows.
//   - [Layer]: what kind of room it is; it decides what need not be said in each row.
//
// # Laws
//
//   - Each room has a row, each row a room, and no row two.
//   - A row may name only rows above it, so the arrows have no cycle. An adapter never
//     imports an adapter, and only a command imports transport; test support may.
//   - A room imports the standard library, all vocabulary above it (if it is vocabulary
//     itself, only what its row names), the rooms and modules of its row, and nothing else.
//   - Tests may use cmp, rapid and the like besides; tests of an external package (x_test)
//     may import the embedded defaults, the contract suites and test support too.
//   - Each package has a comment, none has a name that says nothing, domain rooms
//     read no clock and know no transport and no SQL, nobody uses the default HTTP client,
//     mux or logger, and money knows no float.
//   - The domain calls a value of a request by its name and knows no pointer to it.
//
// The test reads the tree with go/parser and does not run go list: go test would then
// cache a result whose inputs it did not see opened.
//
// A new room fails the test until it has a row. Write down why it may import what it
// does; if that is hard to say, it may not.
package archtest
