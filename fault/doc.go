// Package fault is what can go wrong, in the caller's words.
//
// A room states each thing that can go wrong as a package value:
//
//	var ErrSlotTaken = fault.New(fault.Conflict, "booking.slot_taken",
//		"that slot has just been taken", "该时段刚被订走")
//
// The code is stable and public (docs/api/reference.md lists all of them), the two
// texts are for people, in English and Chinese, which are equals. Callers match
// with errors.Is on the value, or with errors.As on *Error; nobody matches text.
//
// Faults of input are collected, not thrown one by one: Input gathers a Field
// for every faulty value and becomes one error that names them all.
//
// Laws: a fault never carries the bad value itself (it may be a PIN, a code or a
// phone number), and never a driver's text.
package fault
