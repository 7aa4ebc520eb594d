// Package moderation is the operators' queue: what somebody should look at, and what was done about it.
//
// Words: Case: one thing to look at, about one subject. Report: somebody who has signed in says that
// something is wrong with a subject; reports of one subject are one case. Decision: what an operator did
// about a case, and why. Moderator: where all this happens.
//
// Laws:
//   - Every action has a reason, stays in the history of its case, and is told to whom it concerns.
//   - A case can be decided again: what was hidden is restored by another decision.
//   - Nothing is rewritten: what is hidden, merged or taken back can be shown again.
package moderation
