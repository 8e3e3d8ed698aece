package db

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // registers the sqlite3 driver
)

// sqliteReaders is the size of the read-only pool.
const sqliteReaders = 4

// pragmas sits in the DSN so that every connection has them; an Exec would
// reach one connection only.
const pragmas = "_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on&_synchronous=NORMAL&_stmt_cache_size=128"

// sqlite is a file with one writing connection and a small read-only pool.
type sqlite struct {
	writer *sql.DB
	reader *sql.DB
	lock   *fileLock
}

func openSQLite(ctx context.Context, path string) (*sqlite, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	s := &sqlite{lock: lock}
	if err := s.openPools(ctx, path); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *sqlite) openPools(ctx context.Context, path string) (err error) {
	file := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	if s.writer, err = sql.Open("sqlite3", file+"?_txlock=immediate&"+pragmas); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err = s.writer.PingContext(ctx); err != nil { // makes the file before a reader looks for it
		return err
	}
	if s.reader, err = sql.Open("sqlite3", file+"?mode=ro&_query_only=on&"+pragmas); err != nil {
		return err
	}
	s.reader.SetMaxOpenConns(sqliteReaders)
	s.reader.SetMaxIdleConns(sqliteReaders)
	return nil
}

func (s *sqlite) ping(ctx context.Context) error { return s.reader.PingContext(ctx) }

func (s *sqlite) close() error {
	var errs []error
	for _, pool := range []*sql.DB{s.reader, s.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, s.lock.release())...)
}

func (s *sqlite) begin(wait context.Context, readOnly bool) (session, error) {
	pool := s.writer
	if readOnly {
		pool = s.reader
	}
	conn, err := pool.Conn(wait)
	if err != nil {
		return nil, err
	}
	tx, err := conn.BeginTx(context.WithoutCancel(wait), &sql.TxOptions{ReadOnly: readOnly})
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return &sqliteTx{conn, tx}, nil
}

func (*sqlite) ddl(text string) string {
	return strings.NewReplacer(
		"{{id}}", "INTEGER PRIMARY KEY AUTOINCREMENT",
		"{{int}}", "INTEGER",
		"{{blob}}", "BLOB",
	).Replace(text)
}

// sqliteTx is a transaction on SQLite.
type sqliteTx struct {
	conn *sql.Conn
	tx   *sql.Tx
}

func (t *sqliteTx) exec(ctx context.Context, query string, args []any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, numbered(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t *sqliteTx) row(ctx context.Context, query string, args []any) Row {
	return t.tx.QueryRowContext(ctx, numbered(query), args...)
}

func (t *sqliteTx) rows(ctx context.Context, query string, args []any) (rows, error) {
	r, err := t.tx.QueryContext(ctx, numbered(query), args...)
	if err != nil {
		return nil, err
	}
	return sqliteRows{r}, nil
}

func (t *sqliteTx) commit(context.Context) error { return t.tx.Commit() }

// lost is never so: there is no connection to lose.
func (*sqliteTx) lost() bool { return false }

func (t *sqliteTx) release(context.Context) {
	_ = t.tx.Rollback() // after a commit it does nothing
	_ = t.conn.Close()
}

// exclusive has nothing to do: one transaction writes at a time.
func (*sqliteTx) exclusive(context.Context, string) error { return nil }

// syncIDs has nothing to do: AUTOINCREMENT goes on after the highest id.
func (*sqliteTx) syncIDs(context.Context) error { return nil }

// sqliteRows closes without an error of its own; Err has it.
type sqliteRows struct{ *sql.Rows }

// Close ends the query.
func (r sqliteRows) Close() { _ = r.Rows.Close() }
