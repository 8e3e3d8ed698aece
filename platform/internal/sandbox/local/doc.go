// Package local is a whole sandbox on this machine: which programs it has, how
// they are told of each other, what lies in its data directory, and what the
// outside is told once it is ready.
//
// One sandbox owns a data directory, by a lock on sandbox.lock. While it is
// ready, sandbox.json says how to reach it; sandbox.log has what its programs
// wrote since the start. Sandboxes with a name lie below the directory of the
// one without, in sandboxes, with hosts of their own and ports that ports.json
// keeps. Secrets reach the programs through
// files and the environment, never through arguments, which every user of the
// machine can read.
package local
