// Package dial connects to servers that other people name: webhook receivers,
// the pages of apps.
//
// It knows where *.localhost is, and it refuses addresses that are neither
// public nor loopback after resolution, so that no name and no redirect leads
// to the neighbours of this machine. It imports nothing of ours.
package dial
