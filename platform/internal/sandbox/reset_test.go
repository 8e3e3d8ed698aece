package sandbox

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

func nothing(*db.Tx) error { return nil }

// A migration that adds a table has to say whose its rows are.
func TestEveryTableBelongsSomewhere(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var tables []string
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		tables, err = tx.Tables()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Clone(ofNoStore)
	for _, b := range ofStore {
		known = append(known, b.table)
	}
	slices.Sort(known)
	if diff := cmp.Diff(tables, known); diff != "" {
		t.Errorf("tables.go does not list what the schema has (-schema +listed):\n%s", diff)
	}
}

// everything dumps all tables but those that hold what differs from start to
// start.
func everything(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	var tables []string
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		tables, err = tx.Tables()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range tables {
		without := map[string][]string{
			"account": {"password_hash"}, "app": {"client_secret_hash", "signing_key", "webhook_secret"}, // hashed and sealed anew
		}[table]
		if table != "process" && table != "schema_migration" {
			all[table] = dump(t, d, table, without...)
		}
	}
	return all
}

// resettable is a seeded sandbox that stands at noon.
func resettable(t *testing.T) *Service {
	t.Helper()
	s := newService(t, noon)
	start := noon
	s.StartAt = &start
	if err := s.EnsureDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// What was changed is as after the first start, ids included.
func TestResetIsAFirstStart(t *testing.T) {
	t.Parallel()
	s := resettable(t)
	before := everything(t, s.DB)
	s.spoil(t)
	if err := s.Reset(t.Context(), nothing); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, everything(t, s.DB)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	var id int64
	err := s.DB.Write(t.Context(), func(tx *db.Tx) (err error) {
		id, err = db.One(tx, db.Value[int64], `INSERT INTO event (event_id, topic, store_id, created_ms, body) VALUES ('x', 'x', 22, 1, $1) RETURNING seq`, []byte(`{}`))
		return err
	})
	if err != nil || id != 1 {
		t.Errorf("the first event has number %d, %v", id, err)
	}
}

// spoil changes things in two stores.
func (s *Service) spoil(t *testing.T) {
	t.Helper()
	s.DB.Clock.MoveTo(noon.Add(90 * 24 * time.Hour))
	for _, query := range []string{
		`UPDATE shop_order SET status = 'cancelled' WHERE store_id = 22`,
		`UPDATE product SET name = 'Changed' WHERE store_id IN (22, 24)`,
		`UPDATE store SET name = 'Changed' WHERE id IN (22, 24)`,
		`INSERT INTO customer (id, store_id, name, phone, address, city, is_guest, created_ms, updated_ms) VALUES (9001, 22, 'New', '01700000001', '', '', 0, 1, 1)`,
		`INSERT INTO installation (id, app_id, store_id, status, granted_scopes, installed_by, installed_ms, updated_ms) VALUES (1, 1, 22, 'active', '', 1, 1, 1)`,
		`INSERT INTO subscription (id, app_id, installation_id, store_id, topic, target_url, is_active, failure_count, created_ms) VALUES (1, 1, 1, 22, 'order.created', 'http://x', 1, 0, 1)`,
		`INSERT INTO timer (due_ms, kind, args, store_id) VALUES (1, 'x', '{}', 22)`,
		`INSERT INTO idempotency_key (owner, key, fingerprint, status, body, created_ms) VALUES ('app 1 store 22', 'k', 'f', 200, '{}', 1)`,
	} {
		dbtest.Exec(t, s.DB, query)
	}
}

// One store is brought back; no row of another changes.
func TestResetOfOneStore(t *testing.T) {
	t.Parallel()
	s := resettable(t)
	before := everything(t, s.DB)
	s.spoil(t)
	spoiled := everything(t, s.DB)
	s.DB.Clock.MoveTo(noon)
	if err := s.ResetStore(t.Context(), demo.FloristBD, nothing); err != nil {
		t.Fatal(err)
	}
	after := everything(t, s.DB)
	for _, table := range []string{"product", "store"} {
		// The other store's change is there still.
		if cmp.Equal(before[table], after[table]) || cmp.Equal(spoiled[table], after[table]) {
			t.Errorf("%s is not of both", table)
		}
	}
	for table, rows := range before {
		if slices.Contains([]string{"product", "store", "clock"}, table) {
			continue
		}
		if newIDs[table] {
			if len(rows) != len(after[table]) {
				t.Errorf("%s has %d rows, not %d", table, len(after[table]), len(rows))
			}
			continue
		}
		if diff := cmp.Diff(rows, after[table]); diff != "" {
			t.Errorf("%s (-before +after):\n%s", table, diff)
		}
	}
}

// newIDs are the tables whose rows get another id each time, which nobody sees.
var newIDs = map[string]bool{"order_timeline": true}

// Ids that a store had given out are not given out again when it is reset.
func TestResetOfAStoreReusesNoIDs(t *testing.T) {
	t.Parallel()
	s := resettable(t)
	happen := func(storeID int64) int64 {
		var seq int64
		err := s.DB.Write(t.Context(), func(tx *db.Tx) (err error) {
			seq, err = db.One(tx, db.Value[int64], `INSERT INTO event (event_id, topic, store_id, created_ms, body)
				VALUES ($1, 'x', $2, 1, $3) RETURNING seq`, id.UUID(), storeID, []byte(`{}`))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return seq
	}
	happen(demo.NakshiCrafts)
	last := happen(demo.FloristBD)
	if err := s.ResetStore(t.Context(), demo.FloristBD, nothing); err != nil {
		t.Fatal(err)
	}
	if next := happen(demo.NakshiCrafts); next <= last {
		t.Errorf("number %d follows %d", next, last)
	}
}

func TestResetOfNoStore(t *testing.T) {
	t.Parallel()
	if err := resettable(t).ResetStore(t.Context(), 99, nothing); err == nil {
		t.Error("store 99 was reset")
	}
}

// A reset keeps what the credentials file says now.
func TestResetKeepsTheCredentials(t *testing.T) {
	t.Parallel()
	s := resettable(t)
	if err := os.Remove(s.CredentialsFile); err != nil {
		t.Fatal(err)
	}
	if err := s.Reset(t.Context(), nothing); err == nil {
		t.Error("it was reset without its credentials")
	}
	if n := dbtest.Value[int](t, s.DB, `SELECT COUNT(*) FROM shop_order`); n == 0 {
		t.Error("a reset that failed left nothing")
	}
}
