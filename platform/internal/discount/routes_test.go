package discount_test

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/discount"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const (
	app  = storetest.App
	path = "/api/apps/v1/discounts"
)

type bench struct {
	*storetest.Server
	t  *testing.T
	db *db.DB
}

// newBench has a customer, 301.
func newBench(t *testing.T) bench {
	d := storetest.New(t)
	storetest.Write(t, d, func(tx *db.Tx) error {
		number := "01712345678"
		return customer.Insert(tx, api.Customer{UserID: 301, StoreID: storetest.Florist, Name: "Rahim Ahmed", Phone: &number})
	})
	s := &discount.Service{DB: d, Writes: idempotency.Writes{DB: d}}
	return bench{storetest.Serve(t, s.Routes), t, d}
}

// add creates a discount as an app does and returns its path.
func (b bench) add(body map[string]any) string {
	b.t.Helper()
	a := b.Do(app, http.MethodPost, path, body)
	if a.Code != http.StatusCreated {
		b.t.Fatalf("%d %s", a.Code, a.Body)
	}
	return fmt.Sprintf("%s/%d", path, dbtest.Value[int64](b.t, b.db, `SELECT MAX(id) FROM discount`))
}

func ptr[T any](v T) *T { return &v }

func TestADiscountFromCreationToDeletion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	at := b.add(map[string]any{"code": " summer20 ", "percentage": 20, "minimum_order_value": 500, "maximum_discount_amount": 200,
		"total_use": 100, "use_per_user": 1, "starts_at": "2026-01-01T00:00:00Z", "ends_at": "2026-08-31T23:59:59.000Z"})
	now := api.Time{Time: storetest.Now}
	want := api.Discount{
		DiscountID: 1, StoreID: 22, Code: "SUMMER20", Percentage: 20, MinimumOrderValue: ptr(api.Money(500_00)),
		MaximumDiscountAmount: ptr(api.Money(200_00)), IsActive: true, TotalUse: ptr(int64(100)), UsePerUser: ptr(int64(1)),
		StartsAt: ptr(api.At(1767225600000)), EndsAt: ptr(api.At(1788220799000)), CreatedAt: now, UpdatedAt: now,
	}
	if diff := cmp.Diff(want, storetest.Data[api.Discount](b.Get(app, at))); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	got := storetest.Data[api.Discount](b.Do(app, http.MethodPut, at, map[string]any{"is_amount": 1, "amount": 50.5, "total_use": nil}))
	want.IsAmount, want.Amount, want.Percentage, want.TotalUse = true, 50_50, 0, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	b.Do(app, http.MethodPost, path, map[string]any{"code": "Summer20", "percentage": 5}).Refusal(http.StatusConflict)
	if a := b.Do(app, http.MethodDelete, at, nil); a.Code != http.StatusOK {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	b.Get(app, at).Refusal(http.StatusNotFound)
	b.add(map[string]any{"code": "SUMMER20", "amount": 10})
}

func TestWhatADiscountMustNotBe(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, c := range map[string]struct {
		body  map[string]any
		field string
	}{
		"no code":            {map[string]any{"percentage": 5}, "code"},
		"a space":            {map[string]any{"code": "A B", "percentage": 5}, "code"},
		"nothing off":        {map[string]any{"code": "A"}, "percentage"},
		"above everything":   {map[string]any{"code": "A", "percentage": 100.01}, "percentage"},
		"too fine":           {map[string]any{"code": "A", "percentage": 1.005}, "percentage"},
		"negative":           {map[string]any{"code": "A", "percentage": -1}, "percentage"},
		"amount zero":        {map[string]any{"code": "A", "is_amount": 1}, "amount"},
		"three decimals":     {map[string]any{"code": "A", "amount": 1.001}, "amount"},
		"text":               {map[string]any{"code": "A", "percentage": "5"}, "percentage"},
		"no uses":            {map[string]any{"code": "A", "percentage": 5, "total_use": 0}, "total_use"},
		"half a use":         {map[string]any{"code": "A", "percentage": 5, "use_per_user": 0.5}, "use_per_user"},
		"ends before it has": {map[string]any{"code": "A", "percentage": 5, "starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"}, "ends_at"},
		"not a time":         {map[string]any{"code": "A", "percentage": 5, "starts_at": "soon"}, "starts_at"},
		"null code":          {map[string]any{"code": nil, "percentage": 5}, "code"},
	} {
		e := b.Do(app, http.MethodPost, path, c.body).Refusal(http.StatusBadRequest)
		if len(e.Errors) != 1 || e.Errors[0].Field != c.field {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if n := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM discount`); n != 0 {
		t.Errorf("%d discounts were written", n)
	}
}

func TestListAndCheck(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(map[string]any{"code": "EID10", "percentage": 10, "minimum_order_value": 500})
	b.add(map[string]any{"code": "OFF_50", "amount": 50, "is_active": 0})
	b.add(map[string]any{"code": "SHIP", "free_shipping_on": 1})
	for query, want := range map[string]string{"": "SHIP OFF_50 EID10", "is_active=1": "SHIP EID10", "search=off_": "OFF_50", "limit=1&page=2": "OFF_50"} {
		got := ""
		for _, d := range storetest.Into[api.List[api.Discount]](b.Get(app, path+"?"+query)).Data {
			got += d.Code + " "
		}
		if got != want+" " {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
	for target, want := range map[string]struct {
		valid  bool
		amount api.Money
		reason string
	}{
		"eid10?sub_total=1500&user_id=301": {true, 150_00, ""},
		"eid10":                            {true, 0, ""},
		"eid10?sub_total=499.99":           {false, 0, "The code EID10 needs goods for at least 500.00."},
		"OFF_50":                           {false, 0, "The code OFF_50 is switched off."},
		"ship?sub_total=1":                 {true, 0, ""},
		"NOPE":                             {false, 0, "This store has no such code."},
	} {
		c := storetest.Data[api.DiscountCheck](b.Get(app, path+"/validate/"+target))
		reason := ""
		if c.Reason != nil {
			reason = *c.Reason
		}
		if c.Valid != want.valid || c.Amount != want.amount || reason != want.reason || (c.Discount == nil) != (target == "NOPE") {
			t.Errorf("%s: %+v, %q", target, c, reason)
		}
	}
	b.Get(app, path+"/validate/EID10?sub_total=-1").Refusal(http.StatusBadRequest)
	if c := storetest.Data[api.DiscountCheck](b.Get(storetest.StrangerApp, path+"/validate/EID10")); c.Valid || c.Discount != nil {
		t.Errorf("another store's code: %+v", c)
	}
	b.Get(storetest.StrangerApp, path+"/1").Refusal(http.StatusNotFound)
	b.Get(storetest.BlindApp, path).Refusal(http.StatusForbidden)
}

// Ten uses are left and fifty orders want one each.
func TestALimitedCodeIsUsedExactlyAsOftenAsItMay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(map[string]any{"code": "TEN", "percentage": 5, "total_use": 10})
	use := func(orderID int64) error {
		return b.db.Write(t.Context(), func(tx *db.Tx) error {
			a, err := discount.Apply(tx, discount.Use{StoreID: storetest.Florist, CustomerID: 301, Code: "ten", SubTotal: 100_00})
			if err != nil {
				return err
			}
			return discount.Count(tx, a, orderID, 301)
		})
	}
	var wg sync.WaitGroup
	var used atomic.Int64
	for n := range 50 {
		wg.Go(func() {
			switch err := use(int64(n + 1)); {
			case err == nil:
				used.Add(1)
			case !problem.Is(err, api.CodeConflict):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if used.Load() != 10 {
		t.Fatalf("%d uses, want 10", used.Load())
	}
	first := dbtest.Value[int64](t, b.db, `SELECT MIN(order_id) FROM discount_use`)
	for range 2 { // the second time there is nothing to give back
		storetest.Write(t, b.db, func(tx *db.Tx) error { return discount.Release(tx, first) })
	}
	if n := dbtest.Value[int64](t, b.db, `SELECT used FROM discount`); n != 9 {
		t.Errorf("%d uses after one was given back, want 9", n)
	}
	if err := use(99); err != nil {
		t.Error(err)
	}
}

func TestChangesOfDifferentFieldsMeet(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	at := b.add(map[string]any{"code": "MEET", "percentage": 1})
	storetest.ChangesMeet(t, b.Server, at, 20,
		func(n int) [2]map[string]any { return [2]map[string]any{{"total_use": n}, {"use_per_user": n}} },
		func(n int) bool {
			d := storetest.Data[api.Discount](b.Get(app, at))
			return *d.TotalUse != int64(n) || *d.UsePerUser != int64(n)
		})
}
