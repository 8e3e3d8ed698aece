// Package api is the platform's public contract as Go: request and response
// shapes, error codes, scopes, webhook topics and payloads, header names and
// token prefixes.
//
// It is the one package of the platform that other modules may import, and it
// imports nothing of ours. Field order is wire order; money is BDT with two
// decimals, times are ISO 8601 UTC with milliseconds, flags are 0 or 1.
package api
