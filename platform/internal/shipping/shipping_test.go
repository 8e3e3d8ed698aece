package shipping_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/shipping"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const (
	app     = storetest.App
	zones   = "/api/apps/v1/shipping/zones"
	methods = "/api/apps/v1/shipping/methods"
)

type bench struct {
	*storetest.Server
	t  *testing.T
	db *db.DB
}

func newBench(t *testing.T) bench {
	d := storetest.New(t)
	s := &shipping.Service{DB: d, Writes: idempotency.Writes{DB: d}}
	return bench{storetest.Serve(t, s.Routes), t, d}
}

type fields = map[string]any

// add creates a record and returns its id, the first of its kind being 1.
func (b bench) add(target string, body fields) int64 {
	b.t.Helper()
	if a := b.Do(app, http.MethodPost, target, body); a.Code != http.StatusCreated {
		b.t.Fatalf("%v: %d %s", body, a.Code, a.Body)
	}
	table := map[string]string{zones: "shipping_zone", methods: "shipping_method"}[target]
	return dbtest.Value[int64](b.t, b.db, `SELECT MAX(id) FROM `+table)
}

// country has Dhaka with two methods and the rest with one.
func (b bench) country() {
	b.add(zones, fields{"name": "Dhaka", "cities": []string{"Dhaka", " Savar "}})
	b.add(zones, fields{"name": "Rest of Bangladesh"})
	b.add(methods, fields{"zone_id": 1, "name": "Standard", "price": 60, "free_from": 5000, "estimated_days": 2})
	b.add(methods, fields{"zone_id": 1, "name": "Same day", "price": 150})
	b.add(methods, fields{"zone_id": 2, "name": "Courier", "price": 120})
}

func TestZonesWithTheirMethods(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.country()
	list := storetest.Into[api.List[api.ShippingZone]](b.Get(app, zones))
	var got []string
	for _, z := range list.Data {
		for _, m := range z.Methods {
			got = append(got, fmt.Sprintf("%s %v %s %v", z.Name, z.Cities, m.Name, m.Price))
		}
	}
	want := []string{"Dhaka [Dhaka Savar] Standard 60.00", "Dhaka [Dhaka Savar] Same day 150.00", "Rest of Bangladesh [] Courier 120.00"}
	if diff := cmp.Diff(want, got); diff != "" || list.Pagination.Total != 2 {
		t.Errorf("%+v (-want +got):\n%s", list.Pagination, diff)
	}
	if page := storetest.Into[api.List[api.ShippingMethod]](b.Get(app, methods+"?limit=2&page=2")); len(page.Data) != 1 || page.Data[0].Name != "Courier" {
		t.Errorf("the second page: %+v", page)
	}
	m := storetest.Data[api.ShippingMethod](b.Do(app, http.MethodPut, methods+"/1", fields{"price": 70.5, "free_from": nil, "is_active": 0}))
	if m.Price != 70_50 || m.FreeFrom != nil || bool(m.IsActive) || m.Name != "Standard" || *m.EstimatedDays != 2 {
		t.Errorf("changed: %+v", m)
	}
	z := storetest.Data[api.ShippingZone](b.Do(app, http.MethodPut, zones+"/1", fields{"cities": []string{"Dhaka"}}))
	if diff := cmp.Diff([]string{"Dhaka"}, z.Cities); diff != "" || z.Name != "Dhaka" || len(z.Methods) != 2 {
		t.Errorf("changed: %+v", z)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.country()
	rows := func() int {
		return dbtest.Value[int](t, b.db, `SELECT (SELECT COUNT(*) FROM shipping_zone) + (SELECT COUNT(*) FROM shipping_method)`)
	}
	before := rows()
	for name, c := range map[string]struct {
		as, method, target string
		body               any
		want               int
	}{
		"a zone without a name":     {app, "POST", zones, fields{"cities": []string{"Khulna"}}, 400},
		"an empty city":             {app, "POST", zones, fields{"name": "K", "cities": []string{" "}}, 400},
		"a zone's name again":       {app, "POST", zones, fields{"name": "dhaka", "cities": []string{"Khulna"}}, 409},
		"a city again":              {app, "POST", zones, fields{"name": "K", "cities": []string{"savar"}}, 409},
		"a second rest":             {app, "POST", zones, fields{"name": "K"}, 409},
		"a zone becomes a second":   {app, "PUT", zones + "/1", fields{"cities": nil}, 409},
		"a zone in use":             {app, "DELETE", zones + "/1", nil, 409},
		"no zone":                   {app, "POST", methods, fields{"name": "X", "price": 1}, 400},
		"an unknown zone":           {app, "POST", methods, fields{"name": "X", "price": 1, "zone_id": 99}, 400},
		"a negative price":          {app, "POST", methods, fields{"name": "X", "price": -1, "zone_id": 1}, 400},
		"days beyond a year":        {app, "PUT", methods + "/1", fields{"estimated_days": 366}, 400},
		"a stranger's zone":         {storetest.StrangerApp, "POST", methods, fields{"name": "X", "price": 1, "zone_id": 1}, 400},
		"a stranger reads a zone":   {storetest.StrangerApp, "GET", zones + "/1", nil, 404},
		"a stranger deletes":        {storetest.StrangerApp, "DELETE", methods + "/1", nil, 404},
		"a stranger changes":        {storetest.StrangerApp, "PUT", zones + "/1", fields{"name": "Mine"}, 404},
		"no scope":                  {storetest.BlindApp, "GET", zones, nil, 403},
		"a merchant's other store":  {storetest.Merchant, "DELETE", "/api/stores/23/shipping/methods/1", nil, 404},
		"somebody else's store":     {storetest.Merchant, "GET", "/api/stores/24/shipping/zones", nil, 404},
		"a method that is not here": {app, "GET", methods + "/99", nil, 404},
	} {
		if a := b.Do(c.as, c.method, c.target, c.body); a.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, a.Code, a.Body, c.want)
		}
	}
	if rows() != before {
		t.Errorf("%d rows became %d", before, rows())
	}
	for _, target := range []string{methods + "/3", zones + "/2"} {
		if a := b.Do(app, http.MethodDelete, target, nil); a.Code != http.StatusOK {
			t.Errorf("%s: %d %s", target, a.Code, a.Body)
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.country()
	for name, c := range map[string]struct {
		store, method int64
		city          string
		subTotal      api.Money
		want          api.Money
	}{
		"the cheapest of the zone": {22, 0, "dhaka ", 1000_00, 60_00},
		"free from a value on":     {22, 0, "Dhaka", 5000_00, 0},
		"the rest":                 {22, 0, "Khulna", 5000_00, 120_00},
		"no city":                  {22, 0, "", 100, 120_00},
		"by its number":            {22, 2, "Dhaka", 5000_00, 150_00},
		"a store without zones":    {24, 0, "Dhaka", 100, 0},
	} {
		err := b.db.Read(t.Context(), func(tx *db.Tx) error {
			got, err := shipping.Quote(tx, c.store, c.method, c.city, c.subTotal)
			if got != c.want {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, storeID := range []int64{22, 24} {
		methodID := map[int64]int64{22: 99, 24: 1}[storeID]
		err := b.db.Read(t.Context(), func(tx *db.Tx) error {
			_, err := shipping.Quote(tx, storeID, methodID, "Dhaka", 100)
			return err
		})
		if !problem.Is(err, api.CodeValidation) {
			t.Errorf("store %d, method %d: %v", storeID, methodID, err)
		}
	}
}

func TestChangesOfDifferentFieldsMeet(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.country()
	storetest.ChangesMeet(t, b.Server, methods+"/1", 20,
		func(n int) [2]map[string]any { return [2]map[string]any{{"price": n}, {"estimated_days": n}} },
		func(n int) bool {
			both := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM shipping_method WHERE id = 1 AND price_minor = $1 AND estimated_days = $2`, n*100, n)
			return both != 1
		})
}
