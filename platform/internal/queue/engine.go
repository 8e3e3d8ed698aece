package queue

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/selorax/sandbox/platform/internal/db"
)

// client is what the queue needs of River, whichever engine it runs on.
type client interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
	JobList(ctx context.Context, params *river.JobListParams) (*river.JobListResult, error)
	insert(tx *db.Tx, job Job, opts *river.InsertOpts) error
	clear(tx *db.Tx) (deleted int, err error)
}

// clearing is how many jobs are deleted at once; without a number River deletes
// a hundred.
func clearing() *river.JobDeleteManyParams {
	return river.NewJobDeleteManyParams().UnsafeAll().First(10_000)
}

// deleted counts them.
func deleted(r *river.JobDeleteManyResult, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	return len(r.Jobs), nil
}

// newClient makes River's client for the engine of a database.
func newClient(d *db.DB, config *river.Config) (client, error) {
	if pool := d.Postgres(); pool != nil {
		c, err := river.NewClient(riverpgxv5.New(pool), config)
		return onPostgres{c}, err
	}
	b := newBell()
	c, err := river.NewClient[*sql.Tx](embedded{riversqlite.New(d.SQLite()), b}, config)
	return onSQLite{c, b}, err
}

type onSQLite struct {
	*river.Client[*sql.Tx]
	bell *bell
}

func (c onSQLite) insert(tx *db.Tx, job Job, opts *river.InsertOpts) error {
	tx.AfterCommit(func() { c.bell.ring(opts.Queue) })
	_, err := c.InsertTx(tx.Context(), tx.SQLite(), job, opts)
	return err
}

func (c onSQLite) clear(tx *db.Tx) (int, error) {
	return deleted(c.JobDeleteManyTx(tx.Context(), tx.SQLite(), clearing()))
}

type onPostgres struct{ *river.Client[pgx.Tx] }

func (c onPostgres) insert(tx *db.Tx, job Job, opts *river.InsertOpts) error {
	_, err := c.InsertTx(tx.Context(), tx.Postgres(), job, opts)
	return err
}

func (c onPostgres) clear(tx *db.Tx) (int, error) {
	return deleted(c.JobDeleteManyTx(tx.Context(), tx.Postgres(), clearing()))
}

// schema names River's migration in our list; change it with River's version.
const schema = "river-0.49"

// Migrate makes River's tables in a fresh database. River migrates on
// connections of its own: on PostgreSQL our transaction waits around it, so
// that processes that start at once take turns; SQLite has one process and one
// connection.
func Migrate(ctx context.Context, d *db.DB) error {
	if pool := d.Postgres(); pool != nil {
		return d.Write(ctx, func(tx *db.Tx) error {
			return db.Once(tx, schema, func() error {
				m, err := rivermigrate.New(riverpgxv5.New(pool), nil)
				return up(tx.Context(), m, err)
			})
		})
	}
	var done bool
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		done, err = db.IsApplied(tx, schema)
		return err
	})
	if err != nil || done {
		return err
	}
	m, err := rivermigrate.New(riversqlite.New(d.SQLite()), nil)
	if err := up(ctx, m, err); err != nil {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error { return db.MarkApplied(tx, schema) })
}

func up[T any](ctx context.Context, m *rivermigrate.Migrator[T], err error) error {
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}
