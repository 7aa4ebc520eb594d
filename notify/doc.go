// Package notify tells people what happened that concerns them.
//
// Words: Notice: one thing told to one person, complete as a line of text in each language. Inbox: where
// people read their notices.
//
// Laws:
//   - Each notice is told once a person, however often its event comes.
//   - A notice says nothing that its reader may not know: no name or number of anybody else.
package notify
