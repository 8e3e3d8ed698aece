package control

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// one reads an id of the store by a query whose parameter is the store.
func (t *trigger) one(ctx context.Context, missing, query string) (id int64, err error) {
	err = t.service.DB.Read(ctx, func(tx *db.Tx) error {
		id, err = db.One(tx, db.Value[int64], query, t.out.StoreID)
		return err
	})
	if db.IsNone(err) {
		err = problem.Conflict("Store %d has no %s", t.out.StoreID, missing)
	}
	return id, err
}

func orderCreated(ctx context.Context, t *trigger) (string, error) {
	o, err := t.order(ctx)
	return fmt.Sprintf("Order %s over %v BDT is placed by %s.", o.OrderNumber, o.GrandTotal, o.CustomerName), err
}

// orderUpdated changes the note of the newest order.
func orderUpdated(ctx context.Context, t *trigger) (string, error) {
	id, err := t.one(ctx, "order. Place one first: sx trigger order.created",
		`SELECT id FROM shop_order WHERE store_id = $1 AND deleted_ms IS NULL ORDER BY id DESC LIMIT 1`)
	if err != nil {
		return "", err
	}
	path := t.path("orders/" + strconv.FormatInt(id, 10))
	before, err := call[api.OrderDetail](ctx, t.merchant, http.MethodGet, path, nil)
	if err != nil {
		return "", err
	}
	note := "Please deliver before 5pm"
	if before.Note == note {
		note = "Call before you come"
	}
	o, err := call[api.OrderDetail](ctx, t.merchant, http.MethodPut, path, api.OrderUpdate{Note: api.To(note)})
	return fmt.Sprintf("The note of order %s now says: %s.", o.OrderNumber, note), err
}

// underway are the statuses that have a next one.
var underway = []string{api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold, api.OrderShipped, api.OrderDelivered}

// orderMoved takes the newest order that is under way one step further.
func orderMoved(ctx context.Context, t *trigger) (string, error) {
	return t.move(ctx, underway, func(o api.OrderDetail) string { return order.Next(o.OrderStatus, o.FinancialStatus)[0] })
}

func orderCancelled(ctx context.Context, t *trigger) (string, error) {
	return t.move(ctx, []string{api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold},
		func(api.OrderDetail) string { return api.OrderCancelled })
}

// move changes the status of the newest order that has one of the statuses.
func (t *trigger) move(ctx context.Context, from []string, to func(api.OrderDetail) string) (string, error) {
	id, err := t.newestIn(ctx, from)
	if err != nil {
		return "", err
	}
	path := t.path("orders/" + strconv.FormatInt(id, 10))
	before, err := call[api.OrderDetail](ctx, t.merchant, http.MethodGet, path, nil)
	if err != nil {
		return "", err
	}
	after, err := call[api.OrderDetail](ctx, t.merchant, http.MethodPut, path+"/status", api.StatusChange{Status: to(before)})
	return fmt.Sprintf("Order %s goes from %s to %s.", before.OrderNumber, before.OrderStatus, after.OrderStatus), err
}

// newestIn returns the newest order that has one of the statuses.
func (t *trigger) newestIn(ctx context.Context, statuses []string) (id int64, err error) {
	var orders []struct {
		id     int64
		status string
	}
	err = t.service.DB.Read(ctx, func(tx *db.Tx) error {
		orders, err = db.All(tx, func(r db.Row) (o struct {
			id     int64
			status string
		}, err error) {
			err = r.Scan(&o.id, &o.status)
			return o, err
		}, `SELECT id, status FROM shop_order WHERE store_id = $1 AND deleted_ms IS NULL ORDER BY id DESC LIMIT 1000`, t.out.StoreID)
		return err
	})
	for _, o := range orders {
		if slices.Contains(statuses, o.status) {
			return o.id, err
		}
	}
	if err == nil {
		err = problem.Conflict("Store %d has no order that is %v. Place one first: sx trigger order.created", t.out.StoreID, statuses)
	}
	return 0, err
}

func orderDeleted(ctx context.Context, t *trigger) (string, error) {
	id, err := t.newestIn(ctx, []string{api.OrderCancelled, api.OrderRefunded})
	if problem.Is(err, api.CodeConflict) {
		return "", problem.Conflict("Only a cancelled or refunded order can be deleted, and store %d has none. First: sx trigger order.cancelled", t.out.StoreID)
	}
	if err != nil {
		return "", err
	}
	_, err = call[api.Deleted](ctx, t.merchant, http.MethodDelete, t.path("orders/"+strconv.FormatInt(id, 10)), nil)
	return fmt.Sprintf("Order %d is deleted.", id), err
}

func productCreated(ctx context.Context, t *trigger) (string, error) {
	p, err := t.product(ctx)
	return fmt.Sprintf("The product %q is added.", p.Name), err
}

func (t *trigger) newestProduct(ctx context.Context) (int64, error) {
	return t.one(ctx, "product. Add one first: sx trigger product.created",
		`SELECT id FROM product WHERE store_id = $1 AND deleted_ms IS NULL ORDER BY id DESC LIMIT 1`)
}

func productUpdated(ctx context.Context, t *trigger) (string, error) {
	id, err := t.newestProduct(ctx)
	if err != nil {
		return "", err
	}
	path := t.path("products/" + strconv.FormatInt(id, 10))
	before, err := call[api.ProductDetail](ctx, t.merchant, http.MethodGet, path, nil)
	if err != nil {
		return "", err
	}
	p, err := call[api.ProductDetail](ctx, t.merchant, http.MethodPut, path, api.ProductUpdate{IsFeatured: api.To(!before.IsFeatured)})
	return fmt.Sprintf("The product %q is %s.", p.Name, map[api.Flag]string{true: "featured", false: "featured no longer"}[p.IsFeatured]), err
}

func productDeleted(ctx context.Context, t *trigger) (string, error) {
	id, err := t.newestProduct(ctx)
	if err != nil {
		return "", err
	}
	_, err = call[api.Deleted](ctx, t.merchant, http.MethodDelete, t.path("products/"+strconv.FormatInt(id, 10)), nil)
	return fmt.Sprintf("Product %d is deleted.", id), err
}

func customerCreated(ctx context.Context, t *trigger) (string, error) {
	c, err := t.customer(ctx)
	return c.Name + " is added to the customers.", err
}

func (t *trigger) newestCustomer(ctx context.Context) (int64, error) {
	return t.one(ctx, "customer. Add one first: sx trigger customer.created",
		`SELECT id FROM customer WHERE store_id = $1 AND deleted_ms IS NULL AND is_guest = 0 ORDER BY id DESC LIMIT 1`)
}

func customerUpdated(ctx context.Context, t *trigger) (string, error) {
	id, err := t.newestCustomer(ctx)
	if err != nil {
		return "", err
	}
	path := t.path("customers/" + strconv.FormatInt(id, 10))
	before, err := call[api.Customer](ctx, t.merchant, http.MethodGet, path, nil)
	if err != nil {
		return "", err
	}
	home := api.CustomerAddress{Address: "House 12, Road 5, Dhanmondi", City: "Dhaka"}
	if before.AddressJSON != nil && *before.AddressJSON == home {
		home.Address = "House 40, Road 11, Banani"
	}
	c, err := call[api.Customer](ctx, t.merchant, http.MethodPut, path, api.CustomerUpdate{AddressJSON: api.To(home)})
	return fmt.Sprintf("%s has moved to %s, %s.", c.Name, home.Address, home.City), err
}

// inventoryUpdated counts one piece more of a variant.
func inventoryUpdated(ctx context.Context, t *trigger) (string, error) {
	v, err := t.variant(ctx, 0)
	if err != nil {
		return "", err
	}
	delta := int64(1)
	_, err = call[api.InventoryDetail](ctx, t.merchant, http.MethodPost, t.path(fmt.Sprintf("inventory/%d/adjust", v.productID)),
		api.InventoryAdjustment{SKUID: &v.id, Delta: &delta, Reason: "counted again"})
	return fmt.Sprintf("%s has %d pieces instead of %d.", v.sku, v.quantity+1, v.quantity), err
}

// inventoryLow takes the stock of a variant that has enough below the
// threshold.
func inventoryLow(ctx context.Context, t *trigger) (string, error) {
	v, err := t.variant(ctx, enough)
	if err != nil {
		return "", err
	}
	left := int64(enough - 1)
	_, err = call[api.InventoryDetail](ctx, t.merchant, http.MethodPut, t.path(fmt.Sprintf("inventory/%d", v.productID)),
		api.InventorySet{SKUID: &v.id, Quantity: &left})
	return fmt.Sprintf("%s has %d pieces left instead of %d.", v.sku, left, v.quantity), err
}

// enough is the number of pieces from which a variant does not run low.
const enough = 5

type variant struct {
	id, productID, quantity int64
	sku                     string
}

// variant returns the first variant with at least so many pieces.
func (t *trigger) variant(ctx context.Context, atLeast int) (v variant, err error) {
	err = t.service.DB.Read(ctx, func(tx *db.Tx) error {
		v, err = db.One(tx, func(r db.Row) (v variant, err error) {
			err = r.Scan(&v.id, &v.productID, &v.quantity, &v.sku)
			return v, err
		}, `SELECT v.id, v.product_id, v.quantity, v.sku_code FROM variant v JOIN product p ON p.id = v.product_id
			WHERE v.store_id = $1 AND v.quantity >= $2 AND v.deleted_ms IS NULL AND p.deleted_ms IS NULL ORDER BY v.id LIMIT 1`,
			t.out.StoreID, atLeast)
		return err
	})
	if db.IsNone(err) {
		err = problem.Conflict("Store %d has no variant with %d pieces or more. Add products first: sx seed --products 10", t.out.StoreID, atLeast)
	}
	return v, err
}
