package restock

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// maxWaiting bounds how many people may wait in one store.
const maxWaiting = 10_000

// newWait is a request to tell somebody when a variant is back.
type newWait struct {
	ProductID int64  `json:"product_id"`
	SKUID     int64  `json:"sku_id"`
	Recipient string `json:"recipient"` // a mobile number or an email address
}

// wait puts somebody on the waiting list.
func (a *App) wait(ctx context.Context, storeID int64, in newWait) (message, error) {
	channel, address, err := recipient(in.Recipient)
	if err != nil {
		return message{}, err
	}
	m := message{storeID: storeID, kind: backInStock, productID: in.ProductID, skuID: in.SKUID, channel: channel, recipient: address}
	product, err := a.inventory(ctx, storeID, in.ProductID)
	if err != nil {
		return m, err
	}
	i := slices.IndexFunc(product.Variants, func(v selorax.InventoryVariant) bool { return v.SKUID == in.SKUID })
	switch {
	case product.IsActive == 0:
		return m, errOffSale
	case i < 0:
		return m, errNoVariant
	case product.Variants[i].Quantity > 0:
		return m, errInStock
	}
	m.product = fullName(product.Name, product.Variants[i].VariantName)
	// It goes in as due: should the stock return at this very moment, the
	// outbox sees it, and otherwise makes it wait.
	err = a.write(ctx, func(tx *sql.Tx) error {
		var many int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM message WHERE store_id = ? AND `+unpaid, storeID).Scan(&many); err != nil {
			return err
		}
		if many >= maxWaiting {
			return errTooManyWait
		}
		added, err := a.enqueue(ctx, tx, m)
		if err == nil && !added {
			err = errWaits
		}
		return err
	})
	if err == nil {
		a.wakeOutbox()
	}
	return m, err
}

// fullName is a product with its variant, which small products do not have.
func fullName(product, variant string) string {
	if variant == "" || variant == "Default" {
		return product
	}
	return product + ", " + variant
}

// addWaiting takes the form of the page.
func (a *App) addWaiting(r *http.Request, s selorax.Session) (any, error) {
	var in newWait
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.ProductID < 1 || in.SKUID < 1 {
		return nil, errBadInput
	}
	m, err := a.wait(r.Context(), s.StoreID, in)
	return said{m.recipient + " will be told when " + m.product + " is back."}, err
}

// removeWaiting takes somebody off the waiting list. What has been paid for, or
// is about to be, goes out.
func (a *App) removeWaiting(r *http.Request, s selorax.Session) (any, error) {
	id, err := strconv.ParseInt(r.PathValue("message_id"), 10, 64)
	if err != nil {
		return nil, errBadInput
	}
	result, err := a.DB.ExecContext(r.Context(), `DELETE FROM message WHERE store_id = ? AND message_id = ? AND paying = 0 AND `+unpaid, s.StoreID, id)
	if err != nil {
		return nil, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return nil, cmp.Or(err, error(errNotOnList))
	}
	return said{"Nobody is told."}, nil
}

// waitingFor counts who waits for each variant.
func (a *App) waitingFor(ctx context.Context, storeID int64) (map[int64]int, error) {
	rows, err := a.DB.QueryContext(ctx, `SELECT sku_id, COUNT(*) FROM message
		WHERE store_id = ? AND kind = 'back' AND `+unpaid+` GROUP BY sku_id`, storeID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	many := map[int64]int{}
	for rows.Next() {
		var sku int64
		var n int
		if err := rows.Scan(&sku, &n); err != nil {
			return nil, err
		}
		many[sku] = n
	}
	return many, rows.Err()
}
