package db

import (
	"context"
	"slices"

	"github.com/selorax/sandbox/platform/internal/clock"
)

// Process is the number under which this process claims work.
func (d *DB) Process() int64 { return int64(d.process) }

// Join makes this process known to those that share the database, and lets it
// follow their business clock. Call it once the schema is up to date. On
// PostgreSQL a connection of its own holds a lock for as long as the process
// lives: however that ends, the server notices at once. A process that is
// merely slow keeps it.
func (d *DB) Join(ctx context.Context) error {
	if err := d.engine.join(ctx, d.process); err != nil {
		return err
	}
	err := d.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO process (id, joined_ms) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`,
			d.Process(), clock.Machine().UnixMilli())
		return err
	})
	if err != nil {
		return err
	}
	return d.followClock(ctx)
}

// Departed returns the processes that have joined and are gone.
func (d *DB) Departed(ctx context.Context) (gone []int64, err error) {
	err = d.Read(ctx, func(tx *Tx) error {
		gone, err = d.departed(tx)
		return err
	})
	return gone, err
}

// Forget strikes off those of the processes that are gone still, and returns
// how many that were. What they had claimed is for those who are left.
func (d *DB) Forget(ctx context.Context, ids []int64) (forgotten int64, err error) {
	err = d.Write(ctx, func(tx *Tx) error {
		forgotten = 0
		gone, err := d.departed(tx)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if !slices.Contains(ids, id) {
				continue
			}
			n, err := tx.Exec(`DELETE FROM process WHERE id = $1`, id)
			if err != nil {
				return err
			}
			forgotten += n
		}
		return nil
	})
	return forgotten, err
}

func (d *DB) departed(tx *Tx) ([]int64, error) {
	others, err := All(tx, Value[int64], `SELECT id FROM process WHERE id <> $1 ORDER BY id`, d.Process())
	if err != nil {
		return nil, err
	}
	gone := []int64{}
	for _, id := range others {
		departed, err := tx.session.departed(tx.ctx, int32(id))
		if err != nil {
			return nil, err
		}
		if departed {
			gone = append(gone, id)
		}
	}
	return gone, nil
}

// Announce wakes Listen in every process once the transaction is committed.
func (tx *Tx) Announce() error { return tx.session.announce(tx.ctx) }

// Listen calls heard after what other processes announce, and every second in
// case that something was missed, until ctx ends. Where one process owns the
// database there is nobody to hear.
func (d *DB) Listen(ctx context.Context, heard func()) error {
	return d.engine.listen(ctx, d.process, heard)
}
