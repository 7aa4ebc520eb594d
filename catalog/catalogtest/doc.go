// Package catalogtest is the contract of catalog.Store as tests.
//
//	func TestCatalog(t *testing.T) {
//		catalogtest.Store(t, func(t *testing.T) catalogtest.Ports { … })
//	}
//
// Each sentence of the port's comments has a test, and beside them stands what
// breaks between engines: rivals, rollback, the order of ids, the fineness of
// times, pages while others write.
package catalogtest
