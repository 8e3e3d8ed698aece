// Package server puts the platform together: it alone sees every package.
//
// New opens the database and builds every service as one struct literal;
// routes lists every Routes; Run starts the loops and serves until the context
// ends. Read build.go for what depends on what.
package server
