package db

import (
	"context"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
)

// moving is held by whoever moves the clock.
const moving = "clock"

const storedClock = `SELECT offset_ms, frozen_ms FROM clock WHERE id = 1`

// Clock is where the business clock stands in this transaction.
func (tx *Tx) Clock() clock.State { return tx.clock }

// MoveClock sets the business clock for every transaction that begins after
// this one has committed, in every process. Move gets what the clock shows now.
func (tx *Tx) MoveClock(move func(clock.State) clock.State) error {
	if err := tx.Exclusive(moving); err != nil {
		return err
	}
	before, err := tx.db.where(tx) // while it waited another may have moved it
	if err != nil {
		return err
	}
	s := move(before)
	var frozen *int64
	if s.Frozen != nil {
		ms := s.Frozen.UnixMilli()
		frozen = &ms
	}
	_, err = tx.Exec(`INSERT INTO clock (id, offset_ms, frozen_ms) VALUES (1, $1, $2)
		ON CONFLICT (id) DO UPDATE SET offset_ms = $1, frozen_ms = $2`, s.Offset.Milliseconds(), frozen)
	tx.AfterCommit(func() { tx.db.Clock.Restore(s) })
	return err
}

// where returns where the clock stands: where processes share the database
// they have it from there, in every transaction.
func (d *DB) where(tx *Tx) (clock.State, error) {
	if !d.follows.Load() {
		return d.Clock.State(), nil
	}
	return d.StoredClock(tx)
}

// StoredClock returns where the database says the clock stands; where it says
// nothing, what this process's clock shows.
func (d *DB) StoredClock(tx *Tx) (clock.State, error) {
	s, err := One(tx, scanClock, storedClock)
	if IsNone(err) {
		return d.Clock.State(), nil
	}
	return s, err
}

func scanClock(r Row) (s clock.State, err error) {
	var offset int64
	var frozen *int64
	err = r.Scan(&offset, &frozen)
	s.Offset = time.Duration(offset) * time.Millisecond
	if frozen != nil {
		at := time.UnixMilli(*frozen).UTC()
		s.Frozen = &at
	}
	return s, err
}

// followClock takes the clock over from the database: once where this process
// alone moves it, else with every transaction.
func (d *DB) followClock(ctx context.Context) error {
	d.follows.Store(d.Shared())
	return d.Read(ctx, func(tx *Tx) error {
		s, err := d.StoredClock(tx)
		if err == nil {
			d.Clock.Restore(s)
		}
		return err
	})
}

// Hold keeps others, in every process that shares the database, from holding
// the same name until release is called. Where one process owns the database
// it does nothing.
func (d *DB) Hold(ctx context.Context, name string) (release func(), err error) {
	if !d.Shared() {
		return func() {}, nil
	}
	s, err := d.engine.begin(ctx, false)
	if err != nil {
		return nil, busy(err)
	}
	release = func() { s.release(context.WithoutCancel(ctx)) }
	if err := s.exclusive(ctx, name); err != nil {
		release()
		return nil, busy(err)
	}
	return release, nil
}
