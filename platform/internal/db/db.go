package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // registers the sqlite3 driver

	"github.com/selorax/sandbox/platform/internal/clock"
)

// DB is an open database. Its methods are safe for concurrent use.
type DB struct {
	Clock *clock.Clock

	writer *sql.DB
	reader *sql.DB
	lock   *fileLock
}

// readers is the size of the read-only pool.
const readers = 4

// pragmas sits in the DSN so that every connection has them; an Exec would
// reach one connection only.
const pragmas = "_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=on&_synchronous=NORMAL&_stmt_cache_size=128"

// Open opens the database a URL names, "sqlite:data/platform.db", and makes
// the file if there is none. One process at a time owns an SQLite file.
func Open(ctx context.Context, url string, c *clock.Clock) (*DB, error) {
	path, ok := strings.CutPrefix(url, "sqlite:")
	if !ok || path == "" {
		return nil, fmt.Errorf("database URL %q is not supported; use sqlite:PATH", url)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	d := &DB{Clock: c, lock: lock}
	if err := d.openPools(ctx, path); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *DB) openPools(ctx context.Context, path string) (err error) {
	file := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	if d.writer, err = sql.Open("sqlite3", file+"?_txlock=immediate&"+pragmas); err != nil {
		return err
	}
	d.writer.SetMaxOpenConns(1)
	if err = d.writer.PingContext(ctx); err != nil { // makes the file before a reader looks for it
		return err
	}
	if d.reader, err = sql.Open("sqlite3", file+"?mode=ro&_query_only=on&"+pragmas); err != nil {
		return err
	}
	d.reader.SetMaxOpenConns(readers)
	d.reader.SetMaxIdleConns(readers)
	return nil
}

// Writer is the writing pool, for the queue's driver only.
func (d *DB) Writer() *sql.DB { return d.writer }

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.reader.PingContext(ctx) }

// Close closes the pools and gives the file free.
func (d *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{d.reader, d.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, d.lock.release())...)
}
