// Package event records what happened and tells it live.
//
// An event is a row, written in the transaction of the change it tells of: no
// change without its event, no event of a change that was rolled back. The row
// holds the exact JSON body that webhooks carry. Its row says too
// whether package webhook has made its deliveries. The WebSocket feed reads the
// same rows, so a client that comes back with ?after=<seq> misses nothing.
package event
