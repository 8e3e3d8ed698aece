// Package server opens the listener and serves on it until told to stop.
package server
