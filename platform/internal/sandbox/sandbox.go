package sandbox

import (
	"context"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Service seeds the sandbox.
type Service struct {
	DB          *db.DB
	Box         *secret.Box
	Credentials credentials.File
	// CredentialsFile holds the credentials of the demo apps as they are now.
	CredentialsFile string
	// DemoAppURL is where the demo app "restock" answers.
	DemoAppURL string
	// PasswordCost is the bcrypt cost of the demo logins' password.
	PasswordCost int
	// StartAt is the business time at which a database begins that is seeded,
	// and stands; nil lets it run from now.
	StartAt *time.Time
}

// EnsureDemo seeds an empty database, and points the demo app of any other to
// where it answers now. It refuses a database that another credentials file
// belongs to, since every call of the demo app would fail.
func (s *Service) EnsureDemo(ctx context.Context) error {
	var isEmpty bool
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		isEmpty, err = Empty(tx)
		return err
	})
	if err != nil {
		return err
	}
	if isEmpty {
		if err := s.start(ctx); err != nil {
			return err
		}
		return s.Seed(ctx)
	}
	return s.SyncDemoApp(ctx)
}

// start stops the clock at StartAt, if there is one.
func (s *Service) start(ctx context.Context) error {
	if s.StartAt == nil {
		return nil
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		return tx.MoveClock(func(clock.State) clock.State { return clock.State{Frozen: s.StartAt} })
	})
}

// Seed fills an empty database in one transaction. Of processes that start at
// once one seeds; the others find it done.
func (s *Service) Seed(ctx context.Context) error {
	hash, err := secret.HashPassword(demo.Password, s.PasswordCost) // slow, so before the transaction
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Exclusive("seed"); err != nil {
			return err
		}
		if isEmpty, err := Empty(tx); err != nil || !isEmpty {
			return err
		}
		return s.fill(tx, hash)
	})
}

// fill seeds an empty database.
func (s *Service) fill(tx *db.Tx, passwordHash string) error {
	c := newCalendar(tx.Now)
	if err := seedStores(tx, c); err != nil {
		return err
	}
	owner, err := seedAccounts(tx, passwordHash)
	if err != nil {
		return err
	}
	if err := s.seedApps(tx, owner); err != nil {
		return err
	}
	return seedTrade(tx, c)
}

// seedTrade adds what stores sell and have sold.
func seedTrade(tx *db.Tx, c calendar) error {
	products, err := seedProducts(tx, c)
	if err != nil {
		return err
	}
	customers, err := seedCustomers(tx, c)
	if err != nil {
		return err
	}
	if err := seedShipping(tx, c); err != nil {
		return err
	}
	if err := seedDiscounts(tx, c); err != nil {
		return err
	}
	if err := seedOrders(tx, c, products, customers); err != nil {
		return err
	}
	return tx.SyncIDs()
}
