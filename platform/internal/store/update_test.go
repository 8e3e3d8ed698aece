package store_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestStoreSettingsChangeFieldByField(t *testing.T) {
	t.Parallel()
	d := storetest.New(t)
	s := storetest.Serve(t, (&store.Service{DB: d, Writes: idempotency.Writes{DB: d}}).Routes)
	const path = "/api/apps/v1/store"
	want := storetest.Data[api.Store](s.Get(storetest.App, path))
	got := storetest.Data[api.Store](s.Do(storetest.App, http.MethodPut, path, map[string]any{
		"name": " Florist of Dhaka ", "image": nil, "domain": "Shop.FloristBD.com",
	}))
	want.Name, want.Image, want.Domain, want.UpdatedAt = "Florist of Dhaka", nil, "shop.floristbd.com", api.Time{Time: storetest.Now}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	for field, value := range map[string]any{
		"name": "", "email": "nobody", "phone": "call me", "currency": "USD", "image": "javascript:alert(1)",
		"address": strings.Repeat("x", 501), "domain": "localhost", "language": "english",
	} {
		e := s.Do(storetest.App, http.MethodPut, path, map[string]any{field: value}).Refusal(http.StatusBadRequest)
		if len(e.Errors) != 1 || e.Errors[0].Field != field {
			t.Errorf("%s: %+v", field, e)
		}
	}
	if diff := cmp.Diff(want, storetest.Data[api.Store](s.Get(storetest.Merchant, "/api/stores/22"))); diff != "" {
		t.Errorf("after the refusals (-want +got):\n%s", diff)
	}
	s.Do(storetest.BlindApp, http.MethodPut, path, map[string]any{"name": "X"}).Refusal(http.StatusForbidden)
	s.Do(storetest.Merchant, http.MethodPut, "/api/stores/24", map[string]any{"name": "X"}).Refusal(http.StatusNotFound)
}

func TestChangesOfDifferentFieldsMeet(t *testing.T) {
	t.Parallel()
	d := storetest.New(t)
	s := storetest.Serve(t, (&store.Service{DB: d, Writes: idempotency.Writes{DB: d}}).Routes)
	storetest.ChangesMeet(t, s, "/api/apps/v1/store", 20,
		func(n int) [2]map[string]any {
			return [2]map[string]any{{"name": fmt.Sprint(n)}, {"address": fmt.Sprint(n)}}
		},
		func(n int) bool {
			got := storetest.Data[api.Store](s.Get(storetest.App, "/api/apps/v1/store"))
			return got.Name != fmt.Sprint(n) || *got.Address != fmt.Sprint(n)
		})
}
