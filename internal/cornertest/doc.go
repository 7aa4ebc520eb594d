// Package cornertest runs the real program for end-to-end tests: it builds
// cmd/corner once, starts it as a process of its own on a free port with an empty
// data folder, and talks to it over HTTP as a phone would.
//
//	s := cornertest.Start(t, cornertest.Setup{})
//	cook := s.SignIn(t, "+8613800138000")
//	cook.Post(t, "/v1/merchants", `{"name": "老王面馆"}`).Want(t, 201)
//
// A test that wants to see what a crash does kills the process and starts it again.
package cornertest
