// Package queue runs background work on River, the only package that knows it.
//
// A job is inserted in the transaction that makes it necessary, becomes
// visible with its commit and vanishes with its rollback. River lives in
// machine time and runs only what is due now; what waits for business time is
// a row of package timer. A job must be idempotent on its own row: after a
// crash it may run again: Recover queues what a process had begun that is gone. Business outcomes are not errors; an error means
// "run me again in a second".
package queue
