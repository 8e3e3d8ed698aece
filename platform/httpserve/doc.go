// Package httpserve runs an HTTP server for the life of a program: a listener
// of its own or of its parent, bounded timeouts, and an end that lets requests
// finish; Healthcheck, which asks such a server whether it is ready; and Recorder,
// which remembers an answer's status. It imports nothing of ours.
package httpserve
