package control

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/sandbox"
	"github.com/selorax/sandbox/platform/internal/web"
)

// maxSeed bounds how many records of a kind one call adds.
const maxSeed = 1000

func (s *Service) seedRoutes(r *web.Router) {
	r.ForControl(http.MethodPost, "/_sandbox/seed", s.serveSeed)
}

// serveSeed adds believable records to a store as a merchant would, so that
// each has its event.
func (s *Service) serveSeed(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxSeed](w, r)
	if err != nil {
		return err
	}
	if err := checkSeed(in); err != nil {
		return err
	}
	g := &grower{service: s, out: api.SandboxSeeded{
		StoreID: storeOf(in.StoreID), Products: []int64{}, Customers: []int64{}, Orders: []int64{},
	}}
	err = s.asMerchant(r.Context(), g.out.StoreID, func(m actor) error {
		g.merchant = m
		return g.grow(r.Context(), in)
	})
	if err != nil {
		return err
	}
	return web.Created(w, fmt.Sprintf("Store %d has %d products, %d customers and %d orders more.",
		g.out.StoreID, len(g.out.Products), len(g.out.Customers), len(g.out.Orders)), g.out)
}

func checkSeed(in api.SandboxSeed) error {
	var bad []api.FieldError
	for _, c := range []struct {
		field string
		n     int
	}{{"orders", in.Orders}, {"customers", in.Customers}, {"products", in.Products}} {
		if c.n < 0 || c.n > maxSeed {
			bad = append(bad, api.FieldError{Field: c.field, Message: "must be from 0 to 1000"})
		}
	}
	if in.Orders+in.Customers+in.Products == 0 {
		bad = append(bad, api.FieldError{Field: "orders", Message: "is missing: say how many orders, customers or products to add"})
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// grower adds records to one store.
type grower struct {
	service  *Service
	merchant actor
	out      api.SandboxSeeded
}

func (g *grower) path(rest string) string {
	return fmt.Sprintf("/api/stores/%d/%s", g.out.StoreID, rest)
}

// grow adds products and customers first, so that orders can be of them.
func (g *grower) grow(ctx context.Context, in api.SandboxSeed) error {
	for range in.Products {
		if _, err := g.product(ctx); err != nil {
			return err
		}
	}
	for range in.Customers {
		if _, err := g.customer(ctx); err != nil {
			return err
		}
	}
	for range in.Orders {
		if _, err := g.order(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (g *grower) product(ctx context.Context) (api.ProductDetail, error) {
	n, err := g.count(ctx, `SELECT COUNT(*) FROM product WHERE store_id = $1`)
	if err != nil {
		return api.ProductDetail{}, err
	}
	p, err := call[api.ProductDetail](ctx, g.merchant, http.MethodPost, g.path("products"), sandbox.MoreProduct(g.out.StoreID, n+1))
	g.out.Products = append(g.out.Products, p.ProductID)
	return p, err
}

func (g *grower) customer(ctx context.Context) (api.Customer, error) {
	n, err := g.count(ctx, `SELECT COUNT(*) FROM customer WHERE store_id = $1`)
	if err != nil {
		return api.Customer{}, err
	}
	c, err := call[api.Customer](ctx, g.merchant, http.MethodPost, g.path("customers"), sandbox.MoreCustomer(g.out.StoreID, n+1))
	g.out.Customers = append(g.out.Customers, c.UserID)
	return c, err
}

func (g *grower) order(ctx context.Context) (api.OrderDetail, error) {
	var n int
	var customers []int64
	var stock []sandbox.Choice
	err := g.service.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if n, err = db.One(tx, db.Value[int], `SELECT COUNT(*) FROM shop_order WHERE store_id = $1`, g.out.StoreID); err != nil {
			return err
		}
		if customers, err = customersOf(tx, g.out.StoreID); err != nil {
			return err
		}
		stock, err = stockOf(tx, g.out.StoreID)
		return err
	})
	switch {
	case err != nil:
		return api.OrderDetail{}, err
	case len(customers) == 0:
		return api.OrderDetail{}, problem.Conflict("Store %d has no customers. Add some first: sx seed --customers 10", g.out.StoreID)
	case len(stock) == 0:
		return api.OrderDetail{}, problem.Conflict("Store %d has nothing in stock. Add products first: sx seed --products 10", g.out.StoreID)
	}
	o, err := call[api.OrderDetail](ctx, g.merchant, http.MethodPost, g.path("orders"), sandbox.MoreOrder(n+1, customers, stock))
	g.out.Orders = append(g.out.Orders, o.OrderID)
	return o, err
}

func (g *grower) count(ctx context.Context, query string) (n int, err error) {
	err = g.service.DB.Read(ctx, func(tx *db.Tx) error {
		n, err = db.One(tx, db.Value[int], query, g.out.StoreID)
		return err
	})
	return n, err
}

func customersOf(tx *db.Tx, storeID int64) ([]int64, error) {
	return db.All(tx, db.Value[int64], `SELECT id FROM customer WHERE store_id = $1 AND deleted_ms IS NULL AND is_guest = 0 ORDER BY id`, storeID)
}

// stockOf returns the variants of a store that can be ordered.
func stockOf(tx *db.Tx, storeID int64) ([]sandbox.Choice, error) {
	return db.All(tx, func(r db.Row) (c sandbox.Choice, err error) {
		err = r.Scan(&c.SKUID, &c.Quantity)
		return c, err
	}, `SELECT v.id, v.quantity FROM variant v JOIN product p ON p.id = v.product_id WHERE v.store_id = $1 AND v.quantity > 0
		AND v.available = 1 AND v.deleted_ms IS NULL AND p.deleted_ms IS NULL AND p.is_active = 1 ORDER BY v.id`, storeID)
}
