package customer_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestList(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.people()
	for query, want := range map[string][]int64{
		"":                                 {3, 2, 1},
		"include_guests=true":              {4, 3, 2, 1},
		"sort=name:asc":                    {2, 1, 3},
		"sort=updated_at:asc":              {1, 2, 3},
		"search=RAHIM":                     {1},
		"search=%25":                       {3},
		"search=01712345672":               {2},
		"search=2@mail":                    {2},
		"since=2026-01-31T07:00:00Z":       {3, 2},
		"total_orders_min=2":               {3, 2},
		"total_spent_min=1000":             {3, 2},
		"total_spent_min=1001":             {},
		"limit=2":                          {3, 2},
		"limit=2&page=2":                   {1},
		"limit=10000":                      {3, 2, 1},
		"search=rahim&include_guests=true": {4, 1},
	} {
		got := storetest.Into[api.List[api.Customer]](b.Get(app, path+"?"+query))
		ids := []int64{}
		for _, c := range got.Data {
			ids = append(ids, c.UserID)
		}
		if diff := cmp.Diff(want, ids); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
	all := storetest.Into[api.List[api.Customer]](b.Get(app, path+"?limit=10000"))
	if diff := cmp.Diff(api.Pagination{Page: 1, Limit: 250, Total: 3, TotalPages: 1}, all.Pagination); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c := all.Data[0]; c.TotalOrders != 3 || c.TotalSpent != 1000_00 {
		t.Errorf("totals %d, %v", c.TotalOrders, c.TotalSpent)
	}
	for _, query := range []string{"include_guests=1", "total_orders_min=-1", "sort=phone", "since=yesterday"} {
		b.Get(app, path+"?"+query).Refusal(http.StatusBadRequest)
	}
}

func TestAnOrderFindsItsPerson(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	known := b.add(rahim())
	find := func(in api.NewCustomer) (c api.Customer) {
		storetest.Write(t, b.db, func(tx *db.Tx) (err error) {
			c, err = b.service.Guest(tx, storetest.Florist, in)
			return err
		})
		return c
	}
	if c := find(api.NewCustomer{Name: "R", Phone: text("01712345678")}); c.UserID != known.UserID || c.Name != "Rahim Ahmed" {
		t.Errorf("by phone: %+v", c)
	}
	if c := find(api.NewCustomer{Name: "R", Phone: text("01999999999"), Email: text("rahim@mail.example")}); c.UserID != known.UserID {
		t.Errorf("by email: %+v", c)
	}
	guest := find(api.NewCustomer{Name: "Guest", Phone: text("01999999999")})
	if !guest.IsGuest || guest.UserID == known.UserID {
		t.Errorf("a new person: %+v", guest)
	}
	if again := find(api.NewCustomer{Name: "Guest", Phone: text("01999999999")}); again.UserID != guest.UserID {
		t.Errorf("the same guest again: %+v", again)
	}
}

// people adds five customers: 1 to 3 with an account, 4 a guest, 5 on another
// store. Each placed as many orders as their number; one of 3's was cancelled.
func (b bench) people() {
	b.t.Helper()
	storetest.Write(b.t, b.db, func(tx *db.Tx) error {
		for n, name := range []string{"Rahim Ahmed", "fatima Khatun", "Zahid 100%", "Rahim Guest", "Rahim Elsewhere"} {
			id := int64(n + 1)
			at := api.Time{Time: storetest.Now.Add(time.Duration(n) * time.Hour)}
			c := api.Customer{
				UserID: id, StoreID: storetest.Florist, Name: name, Phone: text("0171234567" + jsonNumber(id)),
				Email: text(jsonNumber(id) + "@mail.example"), CreatedAt: at, UpdatedAt: at, IsGuest: id == 4,
			}
			if id == 5 {
				c.StoreID = storetest.Crafts
			}
			if err := customer.Insert(tx, c); err != nil {
				return err
			}
			for range id {
				if err := customer.CountOrder(tx, id, 500_00); err != nil {
					return err
				}
			}
		}
		return customer.CountRefusal(tx, 3, 500_00)
	})
}
