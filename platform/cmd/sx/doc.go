// Command sx is the developer's tool for a local sandbox: it runs one, says
// how to reach it and whether it is well, and works it: makes events happen and
// forwards them, shows deliveries, moves the clock, sets faults, keeps copies.
//
// All but running it goes over the control API; sx knows nothing of the
// platform's inside. A family of commands is a file, a testscript and a part of
// the fake control API that the scripts run against.
//
// Data goes to standard output and text for people to standard error, so that
// `eval "$(sx env)"` and `sx up --json` work in scripts.
package main
