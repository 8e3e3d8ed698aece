package db

import (
	"database/sql"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// ErrNoRows is what One returns when nothing matches.
var ErrNoRows = sql.ErrNoRows

// IsNone reports whether err is ErrNoRows.
func IsNone(err error) bool { return errors.Is(err, ErrNoRows) }

// IsDuplicate reports whether err is a violated unique index or primary key.
// On PostgreSQL it has ended the transaction: nothing more can be done in it.
func IsDuplicate(err error) bool {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey
	}
	return sqlState(err) == "23505"
}

// sqlState is PostgreSQL's code of an error, or "".
func sqlState(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

// isClash reports whether PostgreSQL ended a transaction for the sake of
// another one, so that the same again may succeed.
func isClash(err error) bool {
	code := sqlState(err)
	return code == "40001" || code == "40P01"
}

// lostError is what became of a transaction whose connection ended, as when the
// server is restarted.
type lostError struct{ error }

// Unwrap returns what the driver said.
func (e lostError) Unwrap() error { return e.error }

// isBusy reports whether err says that the database cannot be had now: a lock
// that did not come free in time, a server that is full, starting or away.
func isBusy(err error) bool {
	var e sqlite3.Error
	var c *pgconn.ConnectError
	var lost lostError
	switch code := sqlState(err); {
	case errors.As(err, &e):
		return e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked
	case errors.As(err, &c), errors.As(err, &lost), strings.HasPrefix(code, "08"), strings.HasPrefix(code, "57P"):
		return true
	default:
		return code == "53300" || isClash(err)
	}
}

// busy turns a database that cannot be had now into a refusal that says so;
// other errors stay as they are.
func busy(err error) error {
	if err == nil || !isBusy(err) {
		return err
	}
	p := problem.New(http.StatusServiceUnavailable, api.CodeTryAgain, "The database is busy. Try again in a second.")
	p.RetryAfter, p.Cause = time.Second, err
	return p
}
