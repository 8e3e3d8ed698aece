// Package storetest gives tests two merchants' stores, and callers that reach
// a package's routes without the packages that authenticate them.
package storetest

import (
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store"
)

// The stores: the first two belong to the merchant, the third to a stranger.
const (
	Florist int64 = 22
	Gadgets int64 = 23
	Crafts  int64 = 24
)

// Now is the business time of the database: noon in Dhaka.
var Now = time.Date(2026, 1, 31, 6, 0, 0, 0, time.UTC)

// New returns a database with the stores, its clock frozen at Now.
func New(t testing.TB) *db.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Clock.Restore(clock.State{Frozen: &Now})
	image := "https://cdn.example/logo.png"
	Write(t, d, func(tx *db.Tx) error {
		for id, name := range map[int64]string{Florist: "FloristBD", Gadgets: "Dhaka Gadget House", Crafts: "Nakshi Crafts"} {
			s := api.Store{
				StoreID: id, Name: name, Email: "hello@example.com", Phone: "01700000000", Currency: "BDT",
				Domain: name + ".example", Language: "en", CreatedAt: api.At(1), UpdatedAt: api.At(2),
			}
			if id == Florist {
				s.Image = &image
			}
			if err := store.Insert(tx, s); err != nil {
				return err
			}
		}
		return nil
	})
	return d
}

// Write runs one transaction.
func Write(t testing.TB, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
