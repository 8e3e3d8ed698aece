package control

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func productCreated(t *trigger) (string, error) {
	g, err := t.grow()
	if err != nil {
		return "", err
	}
	p, err := g.product()
	return fmt.Sprintf("Product %d added: %s.", p.ProductID, p.Name), err
}

// productUpdated makes the newest product featured, or takes that away.
func productUpdated(t *trigger) (string, error) {
	p, err := t.newestProduct()
	if err != nil {
		return "", err
	}
	_, err = t.Products.Update(t.tx, t.storeID, p.id, api.ProductUpdate{IsFeatured: api.To(!p.featured)})
	is := map[api.Flag]string{true: "no longer featured", false: "now featured"}[p.featured]
	return fmt.Sprintf("Product %d is %s: %s.", p.id, is, p.name), err
}

func productDeleted(t *trigger) (string, error) {
	p, err := t.newestProduct()
	if err != nil {
		return "", err
	}
	_, err = t.Products.Remove(t.tx, t.storeID, p.id)
	return fmt.Sprintf("Product %d deleted: %s.", p.id, p.name), err
}

func (t *trigger) newestProduct() (shelved, error) {
	p, err := newestProduct(t.tx, t.storeID)
	if db.IsNone(err) {
		err = problem.Conflict("Store %d has no product. Add one first: sx trigger product.created", t.storeID)
	}
	return p, err
}

// inventoryUpdated counts one piece more of a variant.
func inventoryUpdated(t *trigger) (string, error) {
	v, err := t.variant(0)
	if err != nil {
		return "", err
	}
	delta := int64(1)
	_, err = t.Products.AdjustStock(t.tx, t.storeID, v.productID, api.InventoryAdjustment{SKUID: &v.id, Delta: &delta, Reason: "counted again"})
	return fmt.Sprintf("%s has %d pieces instead of %d.", v.code, v.quantity+1, v.quantity), err
}

// inventoryLow takes the stock of a variant that has enough below the
// threshold.
func inventoryLow(t *trigger) (string, error) {
	v, err := t.variant(catalog.LowStockBelow)
	if err != nil {
		return "", err
	}
	left := int64(catalog.LowStockBelow - 1)
	_, err = t.Products.SetStock(t.tx, t.storeID, v.productID, api.InventorySet{SKUID: &v.id, Quantity: &left})
	return fmt.Sprintf("%s has %d pieces left instead of %d.", v.code, left, v.quantity), err
}

// variant returns the first variant with at least so many pieces.
func (t *trigger) variant(atLeast int64) (stocked, error) {
	v, err := firstVariant(t.tx, t.storeID, atLeast)
	if db.IsNone(err) {
		err = problem.Conflict("Store %d has no variant with %d pieces or more. Add products first: sx seed --products 10", t.storeID, atLeast)
	}
	return v, err
}
