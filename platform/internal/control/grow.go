package control

import (
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/sandbox"
)

const (
	// delivered is how many pieces of a variant come when a store has sold out.
	delivered = 40
	// maxTries is how many numbers are tried for a customer whose phone or email
	// is free.
	maxTries = 1000
)

// grower adds believable records to a store. What it adds follows from how
// many records the store has, so that the same calls on the same state add the
// same records.
type grower struct {
	owned
	had       numbers
	customers []int64          // who can order; read with the first order
	stock     []sandbox.Choice // what they can order
}

// numbers counts a store's records, deleted ones too.
type numbers struct{ products, customers, orders int }

func (o owned) grow() (*grower, error) {
	had, err := recordsOf(o.tx, o.storeID)
	return &grower{owned: o, had: had}, err
}

func (g *grower) product() (api.ProductDetail, error) {
	g.had.products++
	return g.Products.Create(g.tx, g.storeID, sandbox.MoreProduct(g.storeID, g.had.products))
}

// customer adds the next customer whose phone and email nobody has.
func (g *grower) customer() (c api.Customer, err error) {
	for range maxTries {
		g.had.customers++
		c, err = g.Customers.Create(g.tx, g.storeID, sandbox.MoreCustomer(g.storeID, g.had.customers))
		if !problem.Is(err, api.CodeConflict) {
			return c, err
		}
	}
	return c, err
}

// order places an order of a customer for what is in stock.
func (g *grower) order() (o api.OrderDetail, err error) {
	if err := g.look(); err != nil {
		return o, err
	}
	switch {
	case len(g.customers) == 0:
		return o, problem.Conflict("Store %d has no customers. Add some first: sx seed --customers 10", g.storeID)
	case len(g.stock) == 0:
		return o, problem.Conflict("Store %d has nothing in stock. Add products first: sx seed --products 10", g.storeID)
	}
	g.had.orders++
	in := sandbox.MoreOrder(g.had.orders, g.customers, g.stock)
	if o, err = g.Orders.Create(g.tx, g.storeID, g.owner.Name, in); err != nil {
		return o, err
	}
	g.take(in.Items)
	return o, nil
}

// look reads who can order what, once.
func (g *grower) look() (err error) {
	if g.customers != nil {
		return nil
	}
	if g.customers, err = customersOf(g.tx, g.storeID); err != nil {
		return err
	}
	g.stock, err = choicesOf(g.tx, g.storeID)
	return err
}

// take notes what an order took from the stock.
func (g *grower) take(items []api.NewOrderItem) {
	for _, item := range items {
		n := slices.IndexFunc(g.stock, func(c sandbox.Choice) bool { return c.SKUID == item.SKUID })
		g.stock[n].Quantity -= item.Quantity
	}
	g.stock = slices.DeleteFunc(g.stock, func(c sandbox.Choice) bool { return c.Quantity == 0 })
}

// restock has new pieces come when everything is sold out.
func (g *grower) restock() error {
	if err := g.look(); err != nil || len(g.stock) > 0 {
		return err
	}
	empty, err := soldOut(g.tx, g.storeID)
	if err != nil {
		return err
	}
	pieces := int64(delivered)
	for _, v := range empty {
		_, err := g.Products.AdjustStock(g.tx, g.storeID, v.productID, api.InventoryAdjustment{SKUID: &v.id, Delta: &pieces, Reason: "new delivery"})
		if err != nil {
			return err
		}
	}
	g.stock, err = choicesOf(g.tx, g.storeID)
	return err
}

func recordsOf(tx *db.Tx, storeID int64) (numbers, error) {
	return db.One(tx, func(r db.Row) (n numbers, err error) {
		err = r.Scan(&n.products, &n.customers, &n.orders)
		return n, err
	}, `SELECT (SELECT COUNT(*) FROM product WHERE store_id = $1), (SELECT COUNT(*) FROM customer WHERE store_id = $1),
		(SELECT COUNT(*) FROM shop_order WHERE store_id = $1)`, storeID)
}

// customersOf returns the customers of a store who are no guests, never nil.
func customersOf(tx *db.Tx, storeID int64) ([]int64, error) {
	list, err := db.All(tx, db.Value[int64], `SELECT id FROM customer WHERE store_id = $1 AND deleted_ms IS NULL AND is_guest = 0 ORDER BY id`, storeID)
	return append([]int64{}, list...), err
}

// onSale are the variants of a store that can be sold.
const onSale = `FROM variant v JOIN product p ON p.id = v.product_id
	WHERE v.store_id = $1 AND v.available = 1 AND v.deleted_ms IS NULL AND p.deleted_ms IS NULL AND p.is_active = 1`

// choicesOf returns the variants of a store that can be ordered.
func choicesOf(tx *db.Tx, storeID int64) ([]sandbox.Choice, error) {
	return db.All(tx, func(r db.Row) (c sandbox.Choice, err error) {
		err = r.Scan(&c.SKUID, &c.Quantity)
		return c, err
	}, `SELECT v.id, v.quantity `+onSale+` AND v.quantity > 0 ORDER BY v.id`, storeID)
}

// soldOut returns the variants of a store that could be ordered were there any.
func soldOut(tx *db.Tx, storeID int64) ([]stocked, error) {
	return db.All(tx, scanStocked, `SELECT v.id, v.product_id, v.quantity, v.sku_code `+onSale+` AND v.quantity = 0 ORDER BY v.id`, storeID)
}
