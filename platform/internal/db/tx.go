package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Tx is one transaction. Now is business time, the same for every row of it.
type Tx struct {
	Now time.Time

	ctx    context.Context
	sql    *sql.Tx
	commit []func()
}

// NowMS is Now in Unix milliseconds, the form of every time column.
func (tx *Tx) NowMS() int64 { return tx.Now.UnixMilli() }

// SQL is the underlying transaction, for the queue's driver only.
func (tx *Tx) SQL() *sql.Tx { return tx.sql }

// Context is the caller's context without its cancellation: a statement that
// has begun is finished.
func (tx *Tx) Context() context.Context { return tx.ctx }

// AfterCommit runs f once the transaction is durable. It never runs after a
// rollback; f must not fail and must not write, since the writer is still held.
func (tx *Tx) AfterCommit(f func()) { tx.commit = append(tx.commit, f) }

// Write runs fn in one transaction and commits when it returns nil. The
// caller's cancellation ends the wait for the writer, not a statement.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	return d.run(ctx, d.writer, &sql.TxOptions{}, fn)
}

// Read runs fn on one consistent snapshot, with writes refused.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return d.run(ctx, d.reader, &sql.TxOptions{ReadOnly: true}, fn)
}

func (d *DB) run(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	plain := context.WithoutCancel(ctx)
	raw, err := conn.BeginTx(plain, opts)
	if err != nil {
		return busy(err)
	}
	defer raw.Rollback() // after a commit it does nothing
	tx := &Tx{Now: d.Clock.Now(), ctx: plain, sql: raw}
	if err := fn(tx); err != nil {
		return err
	}
	if err := raw.Commit(); err != nil {
		return busy(err)
	}
	for _, f := range tx.commit {
		f()
	}
	return nil
}

// Exec runs a statement and returns how many rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	result, err := tx.sql.ExecContext(tx.ctx, numbered(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Row is one result row.
type Row interface{ Scan(dest ...any) error }

// ErrNoRows is what One returns when nothing matches.
var ErrNoRows = sql.ErrNoRows

// One returns the single row of a query as scan reads it, or ErrNoRows.
func One[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) (T, error) {
	return scan(tx.sql.QueryRowContext(tx.ctx, numbered(query), args...))
}

// All returns every row of a query, never nil.
func All[T any](tx *Tx, scan func(Row) (T, error), query string, args ...any) (_ []T, err error) {
	rows, err := tx.sql.QueryContext(tx.ctx, numbered(query), args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
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

// IsNone reports whether err is ErrNoRows.
func IsNone(err error) bool { return errors.Is(err, ErrNoRows) }
