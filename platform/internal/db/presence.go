package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// listenFor is how long Listen waits before it looks by itself.
	listenFor = time.Second
	// rejoinAfter is the pause between two tries to get a lost connection back.
	rejoinAfter = 100 * time.Millisecond
	// joinWithin bounds one try.
	joinWithin = 5 * time.Second
)

// join opens the connection that shows that this process lives and hears what
// others announce.
func (p *postgres) join(ctx context.Context, process int32) error {
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	conn, err := pgx.ConnectConfig(ctx, p.writer.Config().ConnConfig)
	if err != nil {
		return err
	}
	if err = p.present(ctx, conn, process); err != nil {
		_ = conn.Close(ctx)
		return err
	}
	p.presence = conn
	return nil
}

// present listens and takes the process's lock. A process that comes back
// waits for whoever is just striking it off, and joins anew.
func (p *postgres) present(ctx context.Context, conn *pgx.Conn, process int32) error {
	var schema string
	if err := conn.QueryRow(ctx, `SELECT current_schema()`).Scan(&schema); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `LISTEN `+pgx.Identifier{schema}.Sanitize()); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, `SELECT pg_advisory_lock(hashtext(current_schema() || ' process'), $1)`, process)
	return err
}

// rejoin gets a lost connection back, with the row that may have been struck
// off meanwhile; nil when ctx ends.
func (p *postgres) rejoin(ctx context.Context, process int32) error {
	for ctx.Err() == nil {
		_ = p.presence.Close(context.WithoutCancel(ctx))
		if p.join(ctx, process) == nil {
			_, err := p.presence.Exec(ctx, `INSERT INTO process (id, joined_ms)
				VALUES ($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) ON CONFLICT (id) DO NOTHING`, process)
			if err == nil {
				return nil
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(rejoinAfter):
		}
	}
	return nil
}

func (p *postgres) listen(ctx context.Context, process int32, heard func()) error {
	for ctx.Err() == nil {
		wait, cancel := context.WithTimeout(ctx, listenFor)
		_, err := p.presence.WaitForNotification(wait)
		looked := wait.Err() != nil
		cancel()
		if err != nil && (!looked || p.presence.IsClosed()) && ctx.Err() == nil {
			if err := p.rejoin(ctx, process); err != nil {
				return err
			}
		}
		heard()
	}
	return nil
}

func (t *postgresTx) departed(ctx context.Context, process int32) (gone bool, err error) {
	err = t.tx.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || ' process'), $1)`, process).Scan(&gone)
	return gone, err
}

func (t *postgresTx) announce(ctx context.Context) error {
	_, err := t.tx.Exec(ctx, `SELECT pg_notify(current_schema(), '')`)
	return err
}

// join has nobody to tell: the file's lock keeps other processes away.
func (*sqlite) join(context.Context, int32) error { return nil }

func (*sqlite) listen(ctx context.Context, _ int32, _ func()) error {
	<-ctx.Done()
	return nil
}

// departed is every other process: this one has the file.
func (*sqliteTx) departed(context.Context, int32) (bool, error) { return true, nil }

func (*sqliteTx) announce(context.Context) error { return nil }
