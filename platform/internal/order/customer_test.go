package order

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestOrdersOfOneCustomer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{id: 1, total: 100_00}, made{id: 2, buyer: buyer + 1}, made{id: 3, total: 250_00, status: api.OrderConfirmed})
	ids := func(target string) (ids []int64) {
		for _, o := range storetest.Into[api.List[api.Order]](b.Get(storetest.App, target)).Data {
			ids = append(ids, o.OrderID)
		}
		return ids
	}
	path := fmt.Sprintf("/api/apps/v1/customers/%d/orders", buyer)
	if diff := cmp.Diff([]int64{3, 1}, ids(path)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int64{3}, ids(path+"?status=confirmed")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Get(storetest.App, fmt.Sprintf("/api/apps/v1/customers/%d/orders", buyer+2)).Refusal(http.StatusNotFound) // another store's
	b.Get(storetest.BlindApp, path).Refusal(http.StatusForbidden)
}

func TestWhatACustomerSpentFollowsTheirOrders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{id: 1, total: 100_00}, made{id: 2, total: 250_00}, made{id: 3, total: 70_00, status: api.OrderCancelled})
	totals := func() [2]int64 {
		var got [2]int64
		err := b.DB.Read(t.Context(), func(tx *db.Tx) error {
			c, err := customer.Get(tx, storetest.Florist, buyer)
			got = [2]int64{c.TotalOrders, int64(c.TotalSpent)}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if diff := cmp.Diff([2]int64{3, 350_00}, totals()); diff != "" {
		t.Errorf("placed (-want +got):\n%s", diff)
	}
	if _, err := b.change(2, api.OrderCancelled); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([2]int64{3, 100_00}, totals()); diff != "" {
		t.Errorf("one cancelled (-want +got):\n%s", diff)
	}
}
