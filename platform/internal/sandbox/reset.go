package sandbox

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Reset brings everything back to what the first start made, ids included, in
// one transaction. The demo apps keep the credentials of their file; the clock
// runs from now, or stands at StartAt. first is done first, in the same
// transaction, and may refuse.
func (s *Service) Reset(ctx context.Context, first func(*db.Tx) error) error {
	kept, err := credentials.Read(s.CredentialsFile)
	if err != nil {
		return err
	}
	hash, err := secret.HashPassword(demo.Password, s.PasswordCost)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := first(tx); err != nil {
			return err
		}
		if err := tx.Clear("schema_migration", "process"); err != nil {
			return err
		}
		state := clock.State{Frozen: s.StartAt}
		tx.Now = state.At(clock.Machine()).Truncate(time.Millisecond)
		if err := tx.MoveClock(func(clock.State) clock.State { return state }); err != nil {
			return err
		}
		fresh := *s
		fresh.Credentials = kept
		return fresh.fill(tx, hash)
	})
}

// ResetStore brings one store back to its seed, in one transaction. What
// belongs to others stays as it is. first is done first, in the same
// transaction, and may refuse.
func (s *Service) ResetStore(ctx context.Context, storeID int64, first func(*db.Tx) error) error {
	known := slices.ContainsFunc(demo.Stores(), func(d demo.Store) bool { return d.StoreID == storeID })
	if !known {
		return problem.NotFound("store", storeID)
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := first(tx); err != nil {
			return err
		}
		owners, err := db.All(tx, db.Value[int64], `SELECT account_id FROM account_store WHERE store_id = $1 ORDER BY account_id`, storeID)
		if err != nil {
			return err
		}
		for _, t := range ofStore {
			if _, err := tx.Exec(`DELETE FROM `+t.table+` WHERE `+t.where, storeID); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`DELETE FROM idempotency_key WHERE owner LIKE $1`, fmt.Sprintf("%% store %d", storeID)); err != nil {
			return err
		}
		c := newCalendar(tx.Now)
		c.only = storeID
		if err := seedStores(tx, c); err != nil {
			return err
		}
		for _, account := range owners {
			if _, err := tx.Exec(`INSERT INTO account_store (account_id, store_id) VALUES ($1, $2)`, account, storeID); err != nil {
				return err
			}
		}
		return seedTrade(tx, c)
	})
}
