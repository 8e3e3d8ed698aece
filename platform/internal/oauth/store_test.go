package oauth

import (
	"errors"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

func TestExpiredRequestsDoNotPileUp(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", "", api.ReadOrders)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		old := request{ID: "old", AppID: a.AppID, StoreID: apptest.StoreID, ExpiresMS: 99}
		fresh := request{ID: "fresh", AppID: a.AppID, StoreID: apptest.StoreID, ExpiresMS: 100}
		return errors.Join(insertRequest(tx, old), insertRequest(tx, fresh), dropRequests(tx, 100))
	})
	if err != nil {
		t.Fatal(err)
	}
	if left := dbtest.Value[string](t, d, `SELECT id FROM authorization_request`); left != "fresh" {
		t.Errorf("%q is left", left)
	}
}
