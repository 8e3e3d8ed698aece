package order

import (
	"fmt"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// bench is the orders of the test stores, with one product and two customers
// in each.
type bench struct {
	*Service
	*storetest.Server
	t testing.TB
}

const (
	product = 150 // in the florist's store; 151 in the stranger's
	variant = 1501
	stock   = 10
	buyer   = 301 // of the florist; 302 another, 303 of the stranger
)

func newBench(t testing.TB) *bench {
	t.Helper()
	d := storetest.New(t)
	events, writes := &event.Log{Feed: &event.Feed{}}, idempotency.Writes{DB: d}
	s := &Service{
		DB: d, Writes: writes, Events: events, PublicURL: "http://api.localhost",
		Customers: &customer.Service{DB: d, Writes: writes, Events: events},
	}
	storetest.Write(t, d, func(tx *db.Tx) error {
		for n, storeID := range []int64{storetest.Florist, storetest.Crafts} {
			err := catalog.Insert(tx, api.ProductDetail{
				Product:  api.Product{ProductID: product + int64(n), StoreID: storeID, Name: "Rose", Slug: "rose", IsActive: true},
				Variants: []api.Variant{{SKUID: variant + int64(n), VariantName: "12", SKUCode: "R12", Price: 50000, Available: true, Quantity: stock, IsDefault: true}},
			})
			if err != nil {
				return err
			}
		}
		for n, storeID := range []int64{storetest.Florist, storetest.Florist, storetest.Crafts} {
			number := fmt.Sprintf("0171234567%d", n)
			who := api.Customer{UserID: buyer + int64(n), StoreID: storeID, Name: "Rahim Ahmed", Phone: &number}
			if err := customer.Insert(tx, who); err != nil {
				return err
			}
		}
		return nil
	})
	return &bench{s, storetest.Serve(t, s.Routes), t}
}

// made says what differs from the usual order of the bench.
type made struct {
	id     int64
	store  int64 // the florist
	buyer  int64
	status string // pending
	method string // cash on delivery; others are paid
	total  api.Money
	placed time.Time // Now
	name   string
	phone  string
}

func (m made) detail() api.OrderDetail {
	state := State{Status: m.status, Financial: Unpaid, Fulfillment: Unfulfilled}
	if m.method != CashOnDelivery {
		state.Financial = Paid
	}
	email := "rahim@mail.example"
	return api.OrderDetail{
		Order: api.Order{
			OrderID: m.id, StoreID: m.store, UserID: m.buyer, OrderNumber: fmt.Sprint(m.id), CustomerName: m.name, CustomerPhone: m.phone,
			OrderStatus: m.status, FinancialStatus: state.Financial, FulfillmentStatus: Unfulfilled, SubTotal: m.total - 6000, Shipping: 6000,
			GrandTotal: m.total, PaymentMethod: m.method, Note: "Ring twice", CreatedAt: api.Time{Time: m.placed}, UpdatedAt: api.Time{Time: m.placed},
		},
		CustomerEmail: &email,
		Addresses:     []api.OrderAddress{{Address: "House 12, Road 5, Dhanmondi", City: "Dhaka"}},
		Items: []api.OrderItem{{ProductID: product, SKUID: variant, Name: "Rose", VariantName: "12", SKUCode: "R12",
			Quantity: 2, UnitPrice: (m.total - 6000) / 2, Image: "products/bouquet-rose.svg"}},
		Payments: []api.OrderPayment{{Type: api.PaymentTypePayment, Method: m.method, Amount: m.total, Status: state.Payment(), CreatedAt: api.Time{Time: m.placed}}},
		Timeline: []api.TimelineEntry{Created("Store", api.Time{Time: m.placed})},
	}
}

// add places orders and returns the id of the last.
func (b *bench) add(orders ...made) int64 {
	b.t.Helper()
	var id int64
	storetest.Write(b.t, b.DB, func(tx *db.Tx) error {
		for _, m := range orders {
			m = m.orUsual()
			id = m.id
			if err := Insert(tx, m.detail()); err != nil {
				return err
			}
		}
		return nil
	})
	return id
}

func (m made) orUsual() made {
	set(&m.id, 1001)
	set(&m.store, storetest.Florist)
	set(&m.buyer, buyer)
	set(&m.status, api.OrderPending)
	set(&m.method, CashOnDelivery)
	set(&m.total, 106000)
	set(&m.placed, storetest.Now)
	set(&m.name, "Rahim Ahmed")
	set(&m.phone, "01712345678")
	return m
}

func set[T comparable](field *T, usual T) {
	if *field == *new(T) {
		*field = usual
	}
}

// value reads one value of the database.
func value[T any](b *bench, query string, args ...any) T {
	b.t.Helper()
	return dbtest.Value[T](b.t, b.DB, query, args...)
}
