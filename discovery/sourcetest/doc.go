// Package sourcetest is the contract of discovery.Source as tests.
//
//	func TestSource(t *testing.T) {
//		sourcetest.Source(t, func(t *testing.T) sourcetest.Ports { … })
//	}
package sourcetest
