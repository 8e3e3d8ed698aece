package timer

import (
	"context"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

// moving is held by whoever changes the clock, in every process.
const moving = "moving the clock"

// Freeze stops business time.
func (t *Timer) Freeze(ctx context.Context) error {
	return t.alone(ctx, func() error {
		return t.change(ctx, func(s clock.State) clock.State { return s.Freeze(clock.Machine()) })
	})
}

// Resume lets business time run on from where it stands.
func (t *Timer) Resume(ctx context.Context) error {
	defer t.Wake()
	return t.alone(ctx, func() error {
		return t.change(ctx, func(s clock.State) clock.State { return s.Resume(clock.Machine()) })
	})
}

// alone makes those who move the clock take turns.
func (t *Timer) alone(ctx context.Context, move func() error) error {
	t.moving.Lock()
	defer t.moving.Unlock()
	release, err := t.DB.Hold(ctx, moving)
	if err != nil {
		return err
	}
	defer release()
	return move()
}

// change sets the clock and remembers where it stands. It does both while it
// holds the writer, so that no row carries a time that a crash would forget.
func (t *Timer) change(ctx context.Context, move func(clock.State) clock.State) error {
	return t.DB.Write(ctx, func(tx *db.Tx) error { return tx.MoveClock(move) })
}
