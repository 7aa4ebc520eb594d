// Package identity is who acts.
//
// A person is a phone number that answered with a one-time code. Signing in opens
// a session: a short access token (a JWT that anybody can check with the published
// keys) and a refresh token that changes at every use.
//
// Words: Actor: who does something, an explicit argument wherever a right is
// needed. Role: what a person may do for a merchant: counter, manager, owner.
// Gateway: the port that carries a code to a phone. Session: one sign-in on one
// device.
//
// Laws:
//   - Codes, tokens and phone numbers are never logged and never in an error. The
//     code itself is not kept, only its HMAC; five tries, five minutes, once.
//   - A refresh token is a MAC over its session and its number in the chain, so
//     nothing that opens a session is stored. The newest one rotates; the one
//     before it, asked again within RepeatFor, is a phone that lost our answer and
//     gets that same answer; any older one is a thief or his victim, and ends the
//     session.
//   - This is the only room with a JWT library.
package identity
