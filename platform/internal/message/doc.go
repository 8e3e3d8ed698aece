// Package message sends what apps tell a store's customers: SMS, email and
// push notifications. Nothing leaves the sandbox.
//
// An app names a customer or an address. The message is checked, its SMS
// segments are counted (segment.go), and a simulated carrier (carrier.go) takes
// it on in business time:
//
//	queued ──1 s──► sent ──2 s──► delivered
//	                        └────► failed
//
// What becomes of a message depends on its address alone, so that a test can
// choose: phones that end in 0000, addresses at bounce.example and device
// tokens that begin with expired fail, everything else arrives. The step that
// ends a message emits message.delivered or message.failed, for its app only.
// A step is owed by its row: a crash loses none.
package message
