package metafield_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/metafield"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const (
	path        = "/api/apps/v1/metafields"
	definitions = path + "/definitions"
)

type fields = map[string]any

type bench struct {
	*storetest.Server
	t  *testing.T
	db *db.DB
}

// newBench has product 1 and customer 301 on store 22, product 2 on store 24,
// and two apps.
func newBench(t *testing.T) bench {
	d := storetest.New(t)
	for _, slug := range []string{"restock", "blind"} { // the callers' apps 1 and 2
		apptest.Register(t, d, slug, "")
	}
	storetest.Write(t, d, func(tx *db.Tx) error {
		for productID, storeID := range map[int64]int64{1: storetest.Florist, 2: storetest.Crafts} {
			if err := catalog.Insert(tx, api.ProductDetail{Product: api.Product{ProductID: productID, StoreID: storeID, Name: "Rose", Slug: "rose"}}); err != nil {
				return err
			}
		}
		number := "01712345678"
		return customer.Insert(tx, api.Customer{UserID: 301, StoreID: storetest.Florist, Name: "Rahim", Phone: &number})
	})
	s := &metafield.Service{DB: d, Writes: idempotency.Writes{DB: d}}
	return bench{storetest.Serve(t, s.Routes), t, d}
}

func (b bench) define(namespace, key, resource, value string) {
	b.t.Helper()
	a := b.Do(storetest.App, http.MethodPost, definitions, fields{"namespace": namespace, "key": key, "resource_type": resource, "value_type": value})
	if a.Code != http.StatusCreated {
		b.t.Fatalf("%d %s", a.Code, a.Body)
	}
}

func TestAValueFromDefinitionToDeletion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.define("my-app", "risk_score", api.ResourceProduct, api.ValueInteger)
	const at = path + "/product/1/my-app/risk_score"
	for _, value := range []int{7, 9} {
		got := storetest.Data[api.Metafield](b.Do(storetest.App, http.MethodPut, at, fields{"value": value}))
		now := api.Time{Time: storetest.Now}
		want := api.Metafield{
			MetafieldID: 1, StoreID: 22, ResourceType: "product", ResourceID: 1, Namespace: "my-app", Key: "risk_score",
			ValueType: "integer", Value: json.RawMessage([]byte{byte('0' + value)}), CreatedAt: now, UpdatedAt: now,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	list := func(as, query string) int {
		return len(storetest.Into[api.List[api.Metafield]](b.Get(as, path+query)).Data)
	}
	if n := list(storetest.App, "?resource_type=product&resource_id=1"); n != 1 {
		t.Errorf("%d values, want one", n)
	}
	if n := list(storetest.StrangerApp, "?resource_type=product&resource_id=2"); n != 0 {
		t.Errorf("%d values on another store, want none", n)
	}
	if a := b.Do(storetest.App, http.MethodDelete, at, nil); a.Code != http.StatusOK {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	b.Do(storetest.App, http.MethodDelete, at, nil).Refusal(http.StatusNotFound)
	b.Do(storetest.App, http.MethodPut, at, fields{"value": 1})
	if a := b.Do(storetest.App, http.MethodDelete, definitions+"/1", nil); a.Code != http.StatusOK {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM metafield`); n != 0 {
		t.Errorf("%d values outlived their definition", n)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.define("my-app", "risk_score", api.ResourceProduct, api.ValueInteger)
	b.define("my-app", "tier", api.ResourceCustomer, api.ValueString)
	b.define("my-app", "plan", api.ResourceStore, api.ValueString)
	good := func(change fields) fields {
		body := fields{"namespace": "my-app", "key": "new", "resource_type": "order", "value_type": "json"}
		for k, v := range change {
			body[k] = v
		}
		return body
	}
	for name, c := range map[string]struct {
		as, method, target string
		body               any
		want               int
	}{
		"defined twice":        {storetest.App, "POST", definitions, good(fields{"key": "tier"}), 409},
		"a capital":            {storetest.App, "POST", definitions, good(fields{"namespace": "My-App"}), 400},
		"a hyphen in a key":    {storetest.App, "POST", definitions, good(fields{"key": "a-b"}), 400},
		"an unknown resource":  {storetest.App, "POST", definitions, good(fields{"resource_type": "cart"}), 400},
		"an unknown type":      {storetest.App, "POST", definitions, good(fields{"value_type": "money"}), 400},
		"a wrong value":        {storetest.App, "PUT", path + "/product/1/my-app/risk_score", fields{"value": "7"}, 400},
		"no value":             {storetest.App, "PUT", path + "/product/1/my-app/risk_score", fields{}, 400},
		"null":                 {storetest.App, "PUT", path + "/product/1/my-app/risk_score", fields{"value": nil}, 400},
		"an undefined key":     {storetest.App, "PUT", path + "/product/1/my-app/nope", fields{"value": 1}, 404},
		"another's definition": {storetest.App, "PUT", path + "/customer/301/my-app/risk_score", fields{"value": 1}, 409},
		"another store's":      {storetest.App, "PUT", path + "/product/2/my-app/risk_score", fields{"value": 1}, 404},
		"no such customer":     {storetest.App, "PUT", path + "/customer/999/my-app/tier", fields{"value": "gold"}, 404},
		"the customer":         {storetest.App, "PUT", path + "/customer/301/my-app/tier", fields{"value": "gold"}, 200},
		"the store":            {storetest.App, "PUT", path + "/store/22/my-app/plan", fields{"value": "pro"}, 200},
		"another store":        {storetest.App, "PUT", path + "/store/24/my-app/plan", fields{"value": "pro"}, 404},
		"no id":                {storetest.App, "PUT", path + "/store/x/my-app/plan", fields{"value": "pro"}, 404},
		"no resource":          {storetest.App, "GET", path, nil, 400},
		"no scope":             {storetest.BlindApp, "GET", definitions, nil, 403},
		"no such definition":   {storetest.App, "DELETE", definitions + "/99", nil, 404},
	} {
		if a := b.Do(c.as, c.method, c.target, c.body); a.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, a.Code, a.Body, c.want)
		}
	}
}
