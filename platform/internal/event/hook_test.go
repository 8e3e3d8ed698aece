package event

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// A hook is stored like an event, but neither fans out nor shows in the feed.
func TestAHookIsNotInTheFeed(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	apptest.Seed(t, d)
	a, _ := apptest.Register(t, d, "restock", "")
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		rec, err := RecordHook(tx, Hook{Topic: api.HookToken, StoreID: apptest.StoreID, AppID: a.AppID, Body: []byte(`{}`)})
		if err != nil {
			return err
		}
		feed, err := After(tx, apptest.StoreID, 0, 10)
		if err != nil {
			return err
		}
		newest, err := Last(tx, apptest.StoreID)
		if err != nil {
			return err
		}
		waiting, err := Waiting(tx, 10)
		if rec.ID == "" || len(feed) != 0 || newest != 0 || len(waiting) != 0 {
			t.Errorf("id %q, feed %v, newest %d, waiting %v", rec.ID, feed, newest, waiting)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
