package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/selorax/sandbox/platform/internal/clock"
)

// Refusals of snapshots.
var (
	// ErrNoSnapshots says that the engine has none.
	ErrNoSnapshots = errors.New("snapshots are copies of an SQLite file; this sandbox runs on PostgreSQL")
	// ErrDamaged says that a file is no sound copy.
	ErrDamaged = errors.New("the file is damaged")
	// ErrOtherSchema says that a copy was made by another version.
	ErrOtherSchema = errors.New("the copy was made by another version of the platform")
)

// Backup copies the running database into a new file. Nobody waits for it.
func (d *DB) Backup(ctx context.Context, path string) error {
	s, ok := d.engine.(*sqlite)
	if !ok {
		return ErrNoSnapshots
	}
	target, err := openFile(path, unwritten)
	if err != nil {
		return err
	}
	defer target.Close()
	to, err := target.Conn(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	return copyAll(ctx, to, s.reader)
}

// Restore replaces the content of the database by that of a copy and brings
// back its business clock. Writers wait until both are done, and whoever reads
// goes on with what they had begun with. This process alone has joined what
// comes back.
func (d *DB) Restore(ctx context.Context, path string) error {
	s, ok := d.engine.(*sqlite)
	if !ok {
		return ErrNoSnapshots
	}
	source, err := openFile(path, written)
	if err != nil {
		return err
	}
	defer source.Close()
	if err := d.suits(ctx, source); err != nil {
		return err
	}
	writer, err := s.writer.Conn(ctx)
	if err != nil {
		return busy(err)
	}
	defer writer.Close() // from here on others write
	if err := copyAll(ctx, writer, source); err != nil {
		return err
	}
	d.commits.Add(1)
	return d.takeOver(context.WithoutCancel(ctx), writer)
}

// takeOver makes what was restored this process's own. Should it end in the
// middle, the next one finds a database that another has left.
func (d *DB) takeOver(ctx context.Context, writer *sql.Conn) error {
	stored, err := scanClock(writer.QueryRowContext(ctx, storedClock))
	if err != nil && !IsNone(err) {
		return err
	}
	d.Clock.Restore(stored) // without a row it was never moved
	_, err = writer.ExecContext(ctx, `DELETE FROM process`)
	if err != nil {
		return err
	}
	_, err = writer.ExecContext(ctx, `INSERT INTO process (id, joined_ms) VALUES (?1, ?2)`, d.Process(), clock.Machine().UnixMilli())
	return err
}

// SnapshotTime returns the business time of a copy, made at an instant of
// machine time.
func SnapshotTime(ctx context.Context, path string, made time.Time) (time.Time, error) {
	source, err := openFile(path, written)
	if err != nil {
		return time.Time{}, err
	}
	defer source.Close()
	s, err := scanClock(source.QueryRowContext(ctx, storedClock))
	if errors.Is(err, sql.ErrNoRows) {
		err = nil // it was never moved
	}
	return s.At(made), err
}

// suits refuses a copy that is damaged or of another schema.
func (d *DB) suits(ctx context.Context, source *sql.DB) error {
	var verdict string
	if err := source.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil || verdict != "ok" {
		return ErrDamaged
	}
	const applied = `SELECT name FROM schema_migration ORDER BY name`
	var have []string
	err := d.Read(ctx, func(tx *Tx) (err error) {
		have, err = All(tx, Value[string], applied)
		return err
	})
	if err != nil {
		return err
	}
	r, err := source.QueryContext(ctx, applied)
	if err != nil {
		return ErrDamaged
	}
	its, err := collect(sqliteRows{r}, nil)
	if err == nil && !slices.Equal(have, its) {
		err = ErrOtherSchema
	}
	return err
}

// How a copy is opened. One that is written never changes, so that SQLite needs
// no files beside it.
const (
	unwritten = "mode=rwc"
	written   = "mode=ro&immutable=1"
)

func openFile(path, how string) (*sql.DB, error) {
	return sql.Open("sqlite3", "file:"+url.PathEscape(path)+"?"+how)
}

// copyAll copies a database over that of a connection, in one step.
func copyAll(ctx context.Context, to *sql.Conn, from *sql.DB) error {
	conn, err := from.Conn(ctx)
	if err != nil {
		return busy(err)
	}
	defer conn.Close()
	return raw(to, func(target *sqlite3.SQLiteConn) error {
		return raw(conn, func(source *sqlite3.SQLiteConn) error {
			backup, err := target.Backup("main", source, "main")
			if err != nil {
				return err
			}
			done, err := backup.Step(-1)
			err = errors.Join(err, backup.Finish())
			if err == nil && !done {
				err = errors.New("the copy did not come to its end")
			}
			return err
		})
	})
}

// raw lends the driver's connection.
func raw(conn *sql.Conn, use func(*sqlite3.SQLiteConn) error) error {
	return conn.Raw(func(driver any) error {
		c, ok := driver.(*sqlite3.SQLiteConn)
		if !ok {
			return fmt.Errorf("%T is no SQLite connection", driver)
		}
		return use(c)
	})
}
