package db

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync/atomic"

	"github.com/selorax/sandbox/platform/internal/clock"
)

// DB is an open database. Its methods are safe for concurrent use.
type DB struct {
	// Clock is the business clock of this process. Transactions have their
	// time from it unless processes share the database and have joined.
	Clock *clock.Clock

	engine  engine
	process int32
	follows atomic.Bool // the database tells where the clock stands
	commits atomic.Uint64
}

// engine is one of the two database systems.
type engine interface {
	// begin waits for a connection as long as wait allows and begins a
	// transaction on it that only release ends.
	begin(wait context.Context, readOnly bool) (session, error)
	// ddl expands the tokens in which the engines' DDL differs.
	ddl(text string) string
	// join and listen do what DB.Join and DB.Listen promise.
	join(ctx context.Context, process int32) error
	listen(ctx context.Context, process int32, heard func()) error
	ping(ctx context.Context) error
	close() error
}

// session is an open transaction on a connection of its own.
type session interface {
	exec(ctx context.Context, query string, args []any) (int64, error)
	row(ctx context.Context, query string, args []any) Row
	rows(ctx context.Context, query string, args []any) (rows, error)
	commit(ctx context.Context) error
	// release rolls back what has not been committed and gives the connection
	// back.
	release(ctx context.Context)
	// lost reports whether the connection has ended under the transaction.
	lost() bool
	// exclusive and syncIDs do what Tx.Exclusive and Tx.SyncIDs promise.
	exclusive(ctx context.Context, name string) error
	syncIDs(ctx context.Context) error
	// tables and empty do what Tx.Tables and Tx.Clear promise.
	tables(ctx context.Context) ([]string, error)
	empty(ctx context.Context, tables []string) error
	// departed reports whether a process that joined is gone; until the
	// transaction ends it cannot come back.
	departed(ctx context.Context, process int32) (bool, error)
	announce(ctx context.Context) error
}

// rows is the result of a query. Err is complete once Next has returned false.
type rows interface {
	Row
	Next() bool
	Close()
	Err() error
}

// Open opens the database a URL names: "sqlite:data/platform.db", a file that
// is made if there is none and that one process at a time owns, or
// "postgres://user:password@host/name", which any number of processes share.
func Open(ctx context.Context, url string, c *clock.Clock) (*DB, error) {
	var e engine
	var err error
	path, isFile := strings.CutPrefix(url, "sqlite:")
	switch {
	case isFile && path != "":
		e, err = openSQLite(ctx, path)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		e, err = openPostgres(ctx, url)
	default:
		scheme, _, _ := strings.Cut(url, ":") // what follows may hold a password
		err = fmt.Errorf("database URL %q… is not supported; use sqlite:PATH or postgres://USER@HOST/NAME", scheme)
	}
	if err != nil {
		return nil, err
	}
	return &DB{Clock: c, engine: e, process: 1 + rand.Int32N(math.MaxInt32)}, nil
}

// Commits counts the write transactions that have ended. While the number stays
// the same, what was read after it was taken is still so. It is false where
// other processes write too.
func (d *DB) Commits() (n uint64, alone bool) { return d.commits.Load(), !d.Shared() }

// Shared reports whether other processes may work on the database too.
func (d *DB) Shared() bool {
	_, ok := d.engine.(*postgres)
	return ok
}

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.engine.ping(ctx) }

// Close closes the connections and, on SQLite, gives the file free.
func (d *DB) Close() error { return d.engine.close() }
