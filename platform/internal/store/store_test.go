package store_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestStoreAsAnAppSeesIt(t *testing.T) {
	t.Parallel()
	s := storetest.Serve(t, (&store.Service{DB: storetest.New(t)}).Routes)
	answer := s.Get(storetest.App, "/api/apps/v1/store")
	var got map[string]any
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"message": "Store fetched successfully", "status": 200.0,
		"data": map[string]any{
			"store_id": 22.0, "name": "FloristBD", "email": "hello@example.com", "phone": "01700000000", "currency": "BDT",
			"image": "https://cdn.example/logo.png", "address": nil, "domain": "FloristBD.example", "language": "en",
			"created_at": "1970-01-01T00:00:00.001Z", "updated_at": "1970-01-01T00:00:00.002Z",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if other := storetest.Data[api.Store](s.Get(storetest.StrangerApp, "/api/apps/v1/store")); other.StoreID != storetest.Crafts {
		t.Errorf("an app on store 24 sees %+v", other)
	}
	if e := s.Get(storetest.BlindApp, "/api/apps/v1/store").Refusal(http.StatusForbidden); e.Code != api.CodeInsufficientScope {
		t.Errorf("without the scope: %+v", e)
	}
}

func TestRefsKeepTheOrderAndKnowEveryStore(t *testing.T) {
	t.Parallel()
	d := storetest.New(t)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		refs, err := store.Refs(tx, []int64{storetest.Crafts, storetest.Florist})
		if err != nil {
			return err
		}
		logo := "https://cdn.example/logo.png"
		want := []api.StoreRef{
			{StoreID: 24, Name: "Nakshi Crafts", Domain: "Nakshi Crafts.example"},
			{StoreID: 22, Name: "FloristBD", Domain: "FloristBD.example", Image: &logo},
		}
		if diff := cmp.Diff(want, refs); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if refs, err = store.Refs(tx, nil); err != nil || refs == nil || len(refs) != 0 {
			t.Errorf("no ids: %v, %v", refs, err)
		}
		if _, err = store.Refs(tx, []int64{storetest.Florist, 99}); !db.IsNone(err) {
			t.Errorf("an unknown store: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
