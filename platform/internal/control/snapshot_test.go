package control_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/platformtest"
)

func save(p *platformtest.Platform, name string) api.Snapshot {
	return platformtest.Control[api.Snapshot](p, http.MethodPost, "/_sandbox/snapshots", api.NewSnapshot{Name: name})
}

func load(p *platformtest.Platform, name string) api.Snapshot {
	return platformtest.Control[api.Snapshot](p, http.MethodPost, "/_sandbox/snapshots/"+name+"/load", nil)
}

func onlySQLite(t *testing.T) {
	t.Helper()
	if dbtest.OnPostgres() {
		t.Skip("on SQLite only")
	}
}

// What was saved comes back whole, the clock included, while others read and
// write; and again.
func TestASnapshotBringsEverythingBack(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	dir := t.TempDir()
	p := platformtest.Start(t, platformtest.Config{Dir: dir, StartAt: &noon})
	before := p.Install("my-app", 22)
	p.Advance(0)
	saved := save(p, "before-the-sale")
	if saved.Bytes == 0 || !saved.BusinessTime.Equal(noon) {
		t.Errorf("got %+v", saved)
	}
	ctx, stop := context.WithCancel(t.Context())
	var others sync.WaitGroup
	for n := range 4 {
		others.Go(func() { busy(ctx, t, p, before.AccessToken, n) })
	}
	for range 2 {
		trigger(p, api.SandboxTrigger{Topic: api.TopicOrderCreated})
		p.Install("restock", 23)
		platformtest.Control[api.Fault](p, http.MethodPost, "/_sandbox/faults", api.NewFault{On: "webhook", Effect: "drop"})
		advance(p, api.ClockAdvance{By: "20h"})
		later := p.Refresh("my-app", before.RefreshToken)
		load(p, "before-the-sale")
		if c := clockOf(p); !c.Now.Equal(noon) || !bool(c.Frozen) {
			t.Errorf("the clock shows %+v", c)
		}
		var fresh api.TokenResponse
		later.Into(http.StatusOK, &fresh)
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(fresh.AccessToken), nil); a.Status != http.StatusUnauthorized {
			t.Errorf("a token issued after the save answers %d", a.Status)
		}
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(before.AccessToken), nil); a.Status != http.StatusOK {
			t.Errorf("a token issued before the save answers %d", a.Status)
		}
		if faults := platformtest.Control[[]api.Fault](p, http.MethodGet, "/_sandbox/faults", nil); len(faults) != 0 {
			t.Errorf("the fault is still there: %+v", faults)
		}
	}
	stop()
	others.Wait()
	load(p, "before-the-sale")
	p.Stop()
	live, copied := tables(t, filepath.Join(dir, "platform.db")), tables(t, filepath.Join(dir, "snapshots", "before-the-sale.db"))
	for table, rows := range copied {
		if diff := cmp.Diff(rows, live[table]); diff != "" {
			t.Errorf("%s (-saved +loaded):\n%s", table, diff)
		}
	}
}

// busy reads and writes until ctx ends; what it is answered is well formed.
func busy(ctx context.Context, t *testing.T, p *platformtest.Platform, token string, n int) {
	for round := 0; ctx.Err() == nil; round++ {
		a := p.Do(http.MethodGet, "/api/apps/v1/orders?limit=5", platformtest.Bearer(token), nil)
		if a.Status != http.StatusOK && a.Status != http.StatusServiceUnavailable {
			t.Errorf("a read answered %d %s", a.Status, a.Body)
		}
		a = p.Do(http.MethodPost, "/api/apps/v1/customers", platformtest.Bearer(token),
			map[string]string{"name": "Busy", "phone": fmt.Sprintf("0171%d%06d", n, round)})
		if a.Status != http.StatusCreated && a.Status != http.StatusServiceUnavailable && a.Status != http.StatusConflict {
			t.Errorf("a write answered %d %s", a.Status, a.Body)
		}
	}
}

func TestSnapshotsAreListedAndDeleted(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	p := frozen(t, answers(http.StatusOK))
	for _, name := range []string{"b", "a"} {
		save(p, name)
	}
	list := platformtest.Control[[]api.Snapshot](p, http.MethodGet, "/_sandbox/snapshots", nil)
	if len(list) != 2 || list[0].Name != "a" || list[1].Name != "b" {
		t.Errorf("got %+v", list)
	}
	if e := refused(t, p, 409, http.MethodPost, "/_sandbox/snapshots", api.NewSnapshot{Name: "a"}); !strings.Contains(e.Message, "replace") {
		t.Error(e.Message)
	}
	platformtest.Control[api.Snapshot](p, http.MethodPost, "/_sandbox/snapshots", api.NewSnapshot{Name: "a", Replace: true})
	platformtest.Control[api.Snapshot](p, http.MethodDelete, "/_sandbox/snapshots/a", nil)
	refused(t, p, 404, http.MethodPost, "/_sandbox/snapshots/a/load", nil)
	refused(t, p, 404, http.MethodDelete, "/_sandbox/snapshots/a", nil)
	for _, name := range []string{"", "../a", "A", "-a", strings.Repeat("a", 41)} {
		refused(t, p, 400, http.MethodPost, "/_sandbox/snapshots", api.NewSnapshot{Name: name})
	}
	refused(t, p, 404, http.MethodPost, "/_sandbox/snapshots/..%2F..%2Fplatform/load", nil)
}

// A file that is no sound copy changes nothing.
func TestADamagedSnapshotIsRefused(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	dir := t.TempDir()
	p := platformtest.Start(t, platformtest.Config{Dir: dir, StartAt: &noon})
	save(p, "good")
	path := filepath.Join(dir, "snapshots", "good.db")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	for name, spoil := range map[string]func(string) error{
		"cut":  func(to string) error { return os.Truncate(to, 10_000) },
		"text": func(to string) error { return os.WriteFile(to, []byte("not a database"), 0o600) },
		"other": func(to string) error {
			return dbtest.Alter(to, `DELETE FROM schema_migration WHERE name LIKE '%0025%'`)
		},
	} {
		save(p, name)
		if err := spoil(filepath.Join(dir, "snapshots", name+".db")); err != nil {
			t.Fatal(err)
		}
		e := refused(t, p, 409, http.MethodPost, "/_sandbox/snapshots/"+name+"/load", nil)
		if says := map[string]string{"cut": "damaged", "text": "damaged", "other": "another version"}[name]; !strings.Contains(e.Message, says) {
			t.Errorf("%s: %s", name, e.Message)
		}
		p.Do(http.MethodDelete, "/_sandbox/snapshots/"+name, p.Controls(), nil)
	}
	trigger(p, api.SandboxTrigger{Topic: api.TopicOrderCreated})
}

func TestSnapshotsNeedSQLite(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only")
	}
	p := platformtest.Start(t, platformtest.Config{})
	for _, c := range [][2]string{
		{http.MethodGet, "/_sandbox/snapshots"}, {http.MethodPost, "/_sandbox/snapshots/a/load"}, {http.MethodDelete, "/_sandbox/snapshots/a"},
	} {
		if e := refused(t, p, 501, c[0], c[1], nil); e.Code != api.CodeNotSupported {
			t.Errorf("%v: %+v", c, e)
		}
	}
	refused(t, p, 501, http.MethodPost, "/_sandbox/snapshots", api.NewSnapshot{Name: "a"})
}

// A clock that nobody had moved when the copy was made runs with the machine
// again.
func TestALoadedClockRunsAsItDid(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	p := platformtest.Start(t, platformtest.Config{})
	save(p, "untouched")
	platformtest.Control[api.SandboxClock](p, http.MethodPost, "/_sandbox/clock/freeze", nil)
	advance(p, api.ClockAdvance{By: "90d"})
	load(p, "untouched")
	if c := clockOf(p); bool(c.Frozen) || c.Now.Sub(c.MachineTime.Time).Abs() > time.Minute {
		t.Errorf("got %+v", c)
	}
	platformtest.Control[api.SandboxClock](p, http.MethodPost, "/_sandbox/clock/freeze", nil)
}

// While the clock is moved, nothing is saved, loaded or reset.
func TestAMovingClockIsNeitherSavedNorReset(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	let := make(chan struct{})
	p := frozen(t, func(http.ResponseWriter, *http.Request) { <-let })
	t.Cleanup(func() { close(let) }) // before the receiver closes
	save(p, "still")
	p.Install("restock", 22)
	confirm(t, p)
	var moving api.Envelope[api.ClockOperation]
	wait, limit := 0, 15_000
	p.Do(http.MethodPost, "/_sandbox/clock/advance", p.Controls(), api.ClockAdvance{By: "1h", WaitS: &wait, PerAttemptTimeoutMS: &limit}).
		Into(http.StatusAccepted, &moving)
	for path, body := range map[string]any{
		"/_sandbox/reset": api.SandboxReset{}, "/_sandbox/snapshots": api.NewSnapshot{Name: "moving"}, "/_sandbox/snapshots/still/load": nil,
	} {
		if e := refused(t, p, 409, http.MethodPost, path, body); !strings.Contains(e.Message, "on its way") {
			t.Errorf("%s: %s", path, e.Message)
		}
	}
	refused(t, p, 409, http.MethodPost, "/_sandbox/reset", api.SandboxReset{StoreID: 24})
	platformtest.Control[api.ClockOperation](p, http.MethodPost, fmt.Sprintf("/_sandbox/clock/operations/%d/stop", moving.Data.OperationID), nil)
	load(p, "still")
}

// The directory holds the copies and nothing else.
func TestSnapshotsAreOneFileEach(t *testing.T) {
	t.Parallel()
	onlySQLite(t)
	dir := t.TempDir()
	p := platformtest.Start(t, platformtest.Config{Dir: dir, StartAt: &noon})
	save(p, "one")
	load(p, "one")
	platformtest.Control[[]api.Snapshot](p, http.MethodGet, "/_sandbox/snapshots", nil)
	files, err := filepath.Glob(filepath.Join(dir, "snapshots", "*"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != "one.db" {
		t.Errorf("%v, %v", files, err)
	}
}
