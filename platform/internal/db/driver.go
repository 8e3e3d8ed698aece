package db

import (
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// SQLite is the writing pool of an SQLite database, or nil. For the queue's
// driver only.
func (d *DB) SQLite() *sql.DB {
	if s, ok := d.engine.(*sqlite); ok {
		return s.writer
	}
	return nil
}

// Postgres is the writing pool of a PostgreSQL database, or nil. For the
// queue's driver only.
func (d *DB) Postgres() *pgxpool.Pool {
	if p, ok := d.engine.(*postgres); ok {
		return p.writer
	}
	return nil
}

// SQLite is the transaction on SQLite, or nil. For the queue's driver only.
func (tx *Tx) SQLite() *sql.Tx {
	if s, ok := tx.session.(*sqliteTx); ok {
		return s.tx
	}
	return nil
}

// Postgres is the transaction on PostgreSQL, or nil. For the queue's driver
// only.
func (tx *Tx) Postgres() pgx.Tx {
	if s, ok := tx.session.(*postgresTx); ok {
		return s.tx
	}
	return nil
}
