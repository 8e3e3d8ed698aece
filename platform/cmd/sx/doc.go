// Command sx is the developer's tool for a local sandbox: it runs one, says
// how to reach it and whether it is well.
//
// Data goes to standard output and text for people to standard error, so that
// `eval "$(sx env)"` and `sx up --json` work in scripts.
package main
