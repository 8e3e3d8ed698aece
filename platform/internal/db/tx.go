package db

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Tx is one transaction. Now is business time, the same for every row of it.
type Tx struct {
	Now time.Time

	ctx     context.Context
	db      *DB
	session session
	clock   clock.State
	commit  []func()
}

// NowMS is Now in Unix milliseconds, the form of every time column.
func (tx *Tx) NowMS() int64 { return tx.Now.UnixMilli() }

// Context is the caller's context without its cancellation: a statement that
// has begun is finished.
func (tx *Tx) Context() context.Context { return tx.ctx }

// AfterCommit runs f once the transaction is durable. It never runs after a
// rollback; f must not fail and must not write, since the writer is still held.
func (tx *Tx) AfterCommit(f func()) { tx.commit = append(tx.commit, f) }

// maxTries is how often Write runs a function whose transaction PostgreSQL
// ends for the sake of another.
const maxTries = 20

// Write runs fn in one transaction and commits when it returns nil. The
// caller's cancellation ends the wait for a connection, not a statement. On
// PostgreSQL fn runs again, in a new transaction, when this one clashed with
// another: it must not change anything outside that a repetition spoils.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	for try := 1; ; try++ {
		err := d.run(ctx, false, fn)
		if !isClash(err) {
			return err
		}
		if try == maxTries {
			return busy(err)
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(rand.N(time.Duration(min(try, 10)) * 2 * time.Millisecond)):
		}
	}
}

// How long and how often Insist tries.
const (
	insistFor   = 30 * time.Second
	insistEvery = 200 * time.Millisecond
)

// Insist is Write for the end of what was begun, which nobody would make up
// for: while the database cannot be had, as when its server is restarted, it
// tries again.
func (d *DB) Insist(ctx context.Context, fn func(*Tx) error) error {
	for until := clock.Machine().Add(insistFor); ; {
		err := d.Write(ctx, fn)
		if !problem.Is(err, api.CodeTryAgain) || clock.Machine().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(insistEvery):
		}
	}
}

// Read runs fn on one consistent snapshot, with writes refused.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return d.run(ctx, true, fn)
}

func (d *DB) run(ctx context.Context, readOnly bool, fn func(*Tx) error) error {
	s, err := d.engine.begin(ctx, readOnly)
	if err != nil {
		return busy(err)
	}
	plain := context.WithoutCancel(ctx)
	defer s.release(plain)
	tx := &Tx{ctx: plain, db: d, session: s}
	if tx.clock, err = d.where(tx); err != nil {
		return ended(s, err)
	}
	tx.Now = tx.clock.At(clock.Machine())
	if err := fn(tx); err != nil {
		return ended(s, err)
	}
	err = s.commit(plain)
	if !readOnly {
		d.commits.Add(1) // of a failed commit too, to be sure
	}
	if err != nil {
		return ended(s, err)
	}
	for _, f := range tx.commit {
		f()
	}
	return nil
}

// ended is the error of a transaction that failed: a clash as it is, for Write,
// and whatever comes of a database that cannot be had as a refusal.
func ended(s session, err error) error {
	if isClash(err) {
		return err
	}
	if s.lost() {
		err = lostError{err}
	}
	return busy(err)
}

// Exec runs a statement and returns how many rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	return tx.session.exec(tx.ctx, query, args)
}

// Exclusive waits until no other transaction holds the name, and holds it
// until this one ends. Where one transaction writes at a time it does nothing.
func (tx *Tx) Exclusive(name string) error { return tx.session.exclusive(tx.ctx, name) }

// SyncIDs lets the database go on counting after ids that were inserted by
// hand.
func (tx *Tx) SyncIDs() error { return tx.session.syncIDs(tx.ctx) }

// Row is one result row.
type Row interface{ Scan(dest ...any) error }

// One returns the single row of a query as scan reads it, or ErrNoRows.
func One[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) (T, error) {
	return scan(tx.session.row(tx.ctx, query, args))
}

// All returns every row of a query, never nil.
func All[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.session.rows(tx.ctx, query, args)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []T{}
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// Value reads a row of one column.
func Value[T any](r Row) (v T, err error) {
	err = r.Scan(&v)
	return v, err
}
