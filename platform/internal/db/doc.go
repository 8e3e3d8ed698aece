// Package db is the door to the database: transactions, one SQL dialect and
// migrations. It knows no table of any domain but its own: migrations, processes,
// the clock.
//
// Queries are written once, in the subset that SQLite and PostgreSQL share,
// with $1 placeholders. Everything that must happen together happens in one
// Write; its time stamp is Tx.Now.
//
// On SQLite one process owns the file, one connection writes and a small
// read-only pool reads, so readers never wait for the writer. On PostgreSQL
// any number of processes write at once, READ COMMITTED: a change of state is
// a guarded UPDATE that says by its count whether it happened, and what must
// stand in line takes Tx.Exclusive first. Such processes know each other
// (process.go): each holds a lock for as long as it lives, so that others see
// it end, reads the business clock in every transaction (clock.go), and hears
// what others announce.
package db
