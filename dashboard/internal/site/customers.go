package site

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// lastOrders is how many orders a customer's page shows.
const lastOrders = 10

// everybody includes guests in a list of customers.
var everybody = map[string]string{"include_guests": "true"}

// customersData is the list of customers.
type customersData struct {
	Customers []api.Customer
	List      page.List
	Tabs      []page.Tab
}

// customers lists everybody who has bought, or, as the tab says, those with an
// account alone.
func (v *visit) customers() error {
	list := page.ReadList(v.r.URL, "created_at", []string{"created_at", "name"}).WithFilters(v.r.URL, "guests")
	guests := list.Filters["guests"] != "no"
	if guests {
		delete(list.Filters, "guests")
	}
	q := query(list)
	if guests {
		q.Only = everybody
	}
	found, err := v.session.Customers(v.r.Context(), v.store.StoreID, q)
	if err != nil {
		return err
	}
	if err := v.slots(pageContext{}); err != nil {
		return err
	}
	plain := list.Plain()
	return v.show("shell/customers", "Customers", "customers", customersData{found.Data, list.Found(found.Pagination), []page.Tab{
		{URL: plain, Label: "All", Current: guests}, {URL: plain + "?guests=no", Label: "With an account", Current: !guests},
	}}, policy{})
}

// customerData is one customer with the newest of their orders.
type customerData struct {
	api.Customer
	Orders []api.Order
	More   int // orders that are not shown
	Back   string
}

func (v *visit) customer() error {
	ctx, id := v.r.Context(), v.number("customer")
	customer, err := v.session.Customer(ctx, v.store.StoreID, id)
	if err != nil {
		return err
	}
	orders, err := v.session.Orders(ctx, v.store.StoreID, platform.Query{Limit: lastOrders, Only: map[string]string{"customer_id": fmt.Sprint(id)}})
	if err != nil {
		return err
	}
	if err := v.slots(pageContext{Customer: &customerContext{customer, id}}); err != nil {
		return err
	}
	data := customerData{customer, orders.Data, orders.Pagination.Total - len(orders.Data), v.path("/customers")}
	return v.show("shell/customer", customer.Name, "customers", data, policy{})
}
