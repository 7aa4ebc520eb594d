// Package eventtest is the contract of event.Outbox as tests.
//
//	func TestOutbox(t *testing.T) {
//		eventtest.Outbox(t, func(t *testing.T) eventtest.Box { … })
//	}
package eventtest
