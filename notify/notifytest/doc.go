// Package notifytest is the contract of notify.Store, as a test that every implementation runs:
//
//	notifytest.Store(t, func(t *testing.T) notifytest.Ports { … })
package notifytest
