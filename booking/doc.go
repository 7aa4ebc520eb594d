// Package booking is time that can be taken.
//
// Words: Slot: a start time of a service that can be taken. Hold: a slot kept for
// minutes, its price guaranteed. Booking: a hold made firm; both are one thing with
// one id. Taking: what a booking takes and gives back: seats of a service. Code:
// what the consumer shows at the counter. Desk: what apps call.
//
// The life of a booking:
//
//	held ──Confirm──▶ confirmed ──Consume──▶ consumed
//	  │                   │
//	  ├──Lapse──▶ lapsed  ├──Cancel──▶ cancelled_by_consumer, cancelled_by_merchant
//	  └──Cancel──▶ cancelled_by_…
//
// Laws:
//   - Two people never get the same seat. At every moment the takings of a service
//     are at most its capacity. They are counted and taken in one transaction that
//     holds the service's calendar row.
//   - A hold whose time is over takes nothing, whether or not anybody has written
//     down that it lapsed. Who takes its seats first removes its taking; confirming
//     it then fails.
//   - The state moves only in the methods of Booking, each given the time and
//     returning its event.
//   - The price is computed once, at hold.
package booking
