// Package identity is who acts.
//
// A person is a phone number that answered with a one-time code. Signing in opens
// a session: a short access token (a JWT that anybody can check with the published
// keys) and a refresh token that changes at every use.
//
// Words: Actor: who does something, an explicit argument wherever a right is
// needed. Role: a set of capabilities with a merchant: counter, manager, owner,
// finance, marketing. Branches: the places at which a role holds.
// Session: one sign-in on one device. Device: the phone, as the app calls it.
// Invitation: asks whoever has a phone number to work for a merchant. Operator: who
// runs this server, made by a command. Factor: a second factor, asked for beside the
// code. Step up: to show it again. Gateway: the port that carries messages to phones.
//
// Laws:
//   - Codes, tokens and phone numbers are never logged and never in an error. The
//     code itself is not kept, only its HMAC; five tries, five minutes, once; limits per
//     phone, device and address.
//   - A refresh token is a MAC over its session and its number in the chain, so
//     nothing that opens a session is stored. The newest one rotates; the one
//     before it, asked again within RepeatFor, is a phone that lost our answer and
//     gets that same answer; any older one is a thief or his victim, and ends the
//     session.
//   - A session that has ended speaks for nobody from then on, on any instance: its
//     access tokens are refused at once, not when they run out. Servers that check
//     tokens by the published keys alone learn of it within AccessFor.
//   - A device has one session of a user at a time. Its id proves nothing.
//   - But for whoever registered it, nobody works for a merchant who has not accepted an
//     invitation. A merchant keeps
//     an owner.
//   - Whoever is limited to some places stays so, whatever becomes of the places. Owners
//     are limited to none.
//   - Operators look at everything of merchants and change nothing of theirs; what only
//     they may do is named where it is done, and every call of theirs is logged with
//     what it was about.
//   - A code of a second factor is taken once, in the transaction that takes it; wrong ones
//     are booked before they are compared.
//   - A number that was silent for SilentFor is nobody's until somebody shows more than the
//     number.
//   - What was made under any of the secrets is taken; the first one makes.
//   - This is the only room with a JWT library.
package identity
