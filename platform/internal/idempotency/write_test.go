package idempotency_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

type note struct {
	Text string `json:"text"`
}

// desk serves one route that writes a note.
type desk struct {
	t       *testing.T
	db      *db.DB
	handler http.Handler
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, db: dbtest.New(t)}
	dbtest.Exec(t, d.db, `CREATE TABLE note (text TEXT NOT NULL)`)
	writes := idempotency.Writes{DB: d.db}
	r := web.NewRouter(slog.New(slog.NewTextHandler(t.Output(), nil)))
	r.App = func(r *http.Request) (web.Caller, error) {
		if r.Header.Get("X-As") == "other" {
			return web.Caller{AppID: 1, StoreID: 24}, nil
		}
		return web.Caller{AppID: 1, StoreID: 22}, nil
	}
	r.User = func(*http.Request) (web.Caller, error) {
		return web.Caller{UserID: 1, Stores: []int64{22, 24}}, nil
	}
	serve := func(path string, handle func(method, path string, h web.Handler)) {
		handle(http.MethodPost, path, func(w http.ResponseWriter, r *http.Request) error {
			in, err := web.Decode[note](w, r)
			if err != nil {
				return err
			}
			return writes.Created(w, r, in, "Kept.", func(tx *db.Tx) (any, error) {
				if _, err := tx.Exec(`INSERT INTO note (text) VALUES ($1)`, in.Text); err != nil {
					return nil, err
				}
				switch in.Text {
				case "refused":
					return nil, problem.Conflict("No.")
				case "broken":
					return nil, errors.New("out of paper")
				}
				return in, nil
			})
		})
	}
	forApp := func(method, path string, h web.Handler) { r.ForApp(method, path, "", h) }
	serve("/notes", forApp)
	serve("/more", forApp)
	serve("/mine", r.ForUser)
	d.handler = r.Handler()
	return d
}

func (d *desk) post(path, text string, header ...string) *httptest.ResponseRecorder {
	body, _ := json.Marshal(note{text})
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for n := 0; n < len(header); n += 2 {
		r.Header.Add(header[n], header[n+1])
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return w
}

func (d *desk) notes() int { return dbtest.Value[int](d.t, d.db, `SELECT COUNT(*) FROM note`) }

func TestARepetitionGetsTheSameAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second := d.post("/notes", "<rose>", api.HeaderIdempotency, "k"), d.post("/notes", "<rose>", api.HeaderIdempotency, "k")
	if first.Code != http.StatusCreated || second.Code != first.Code || second.Body.String() != first.Body.String() {
		t.Errorf("%d %s\n%d %s", first.Code, first.Body, second.Code, second.Body)
	}
	if first.Header().Get(api.HeaderReplayed) != "" || second.Header().Get(api.HeaderReplayed) != "true" {
		t.Errorf("replayed: %q, %q", first.Header().Get(api.HeaderReplayed), second.Header().Get(api.HeaderReplayed))
	}
	if d.notes() != 1 {
		t.Errorf("%d notes, want one", d.notes())
	}
}

func TestAKeyIsForOneRequestOfOneOwner(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.post("/notes", "rose", api.HeaderIdempotency, "k")
	for name, c := range map[string]struct {
		path, text string
		header     []string
		want       int
	}{
		"another body": {"/notes", "lily", []string{api.HeaderIdempotency, "k"}, 409},
		"another path": {"/more", "rose", []string{api.HeaderIdempotency, "k"}, 409},
		"another app":  {"/notes", "lily", []string{api.HeaderIdempotency, "k", "X-As", "other"}, 201},
		"no key":       {"/notes", "rose", nil, 201},
		"an empty key": {"/notes", "rose", []string{api.HeaderIdempotency, ""}, 400},
		"a long key":   {"/notes", "rose", []string{api.HeaderIdempotency, strings.Repeat("k", 256)}, 400},
		"not ASCII":    {"/notes", "rose", []string{api.HeaderIdempotency, "ক"}, 400},
		"two keys":     {"/notes", "rose", []string{api.HeaderIdempotency, "a", api.HeaderIdempotency, "b"}, 400},
	} {
		if got := d.post(c.path, c.text, c.header...); got.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, got.Code, got.Body, c.want)
		}
	}
	if d.notes() != 3 {
		t.Errorf("%d notes, want three", d.notes())
	}
}

func TestAUsersKeyIsForOneStore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, path := range []string{"/mine?store_id=22", "/mine?store_id=24"} {
		got := d.post(path, "rose", api.HeaderIdempotency, "k")
		if got.Code != http.StatusCreated || got.Header().Get(api.HeaderReplayed) != "" {
			t.Errorf("%s: %d %s %v", path, got.Code, got.Body, got.Header())
		}
	}
	if d.notes() != 2 {
		t.Errorf("%d notes, want one in each store", d.notes())
	}
}

func TestARefusedWriteLeavesItsKeyFree(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for text, want := range map[string]int{"refused": 409, "broken": 500} {
		if got := d.post("/notes", text, api.HeaderIdempotency, "k"); got.Code != want {
			t.Errorf("%s: %d, want %d", text, got.Code, want)
		}
	}
	if got := d.post("/notes", "rose", api.HeaderIdempotency, "k"); got.Code != http.StatusCreated || d.notes() != 1 {
		t.Errorf("corrected: %d with %d notes", got.Code, d.notes())
	}
}

func TestKeysAreForgottenAfterADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.post("/notes", "rose", api.HeaderIdempotency, "k")
	dbtest.Exec(t, d.db, `UPDATE idempotency_key SET created_ms = created_ms - 24 * 60 * 60 * 1000`)
	if got := d.post("/notes", "lily", api.HeaderIdempotency, "k"); got.Code != http.StatusCreated {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}

func TestOfManyAtOnceOneWrites(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if got := d.post("/notes", "rose", api.HeaderIdempotency, "k"); got.Code != http.StatusCreated {
				t.Errorf("%d %s", got.Code, got.Body)
			}
		})
	}
	wg.Wait()
	if d.notes() != 1 {
		t.Errorf("%d notes, want one", d.notes())
	}
}
