package order

import (
	"errors"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// firstNumber is what a store's orders are counted from.
const firstNumber = 1001

// nextNumber takes a store's next order number. A transaction that fails leaves
// it to the next.
func nextNumber(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO order_number (store_id, last) VALUES ($1, $2)
		ON CONFLICT (store_id) DO UPDATE SET last = order_number.last + 1 RETURNING last`, storeID, firstNumber)
}

// skipNumber lets a store count on after a number that was given by hand.
func skipNumber(tx *db.Tx, storeID, number int64) error {
	_, err := tx.Exec(`INSERT INTO order_number (store_id, last) VALUES ($1, $2)
		ON CONFLICT (store_id) DO UPDATE SET last = CASE WHEN order_number.last < $2 THEN $2 ELSE order_number.last END`, storeID, number)
	return err
}

// values lists what the inserts write, all but the id. An order has one address.
func values(o api.OrderDetail) []any {
	return []any{o.StoreID, o.UserID, o.OrderNumber, o.CustomerName, o.CustomerPhone, o.OrderStatus, o.FinancialStatus,
		o.FulfillmentStatus, o.SubTotal, o.Tax, o.Shipping, o.Discount, o.GrandTotal, o.PaymentMethod, o.Note,
		o.CreatedAt.UnixMilli(), o.UpdatedAt.UnixMilli(), o.CustomerEmail, o.Courier, o.TrackingID, o.DiscountCode,
		o.RefundedAmount, o.Addresses[0].Address, o.Addresses[0].City, searchText(o.Order)}
}

const inserted = `store_id, customer_id, number, customer_name, customer_phone, status, financial_status,
	fulfillment_status, sub_total_minor, tax_minor, shipping_minor, discount_minor, grand_total_minor, payment_method, note,
	created_ms, updated_ms, customer_email, courier, tracking_id, discount_code,
	refunded_minor, address, city, search_folded`

const placeholders = `$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25`

func insertOrder(tx *db.Tx, o api.OrderDetail) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO shop_order (`+inserted+`) VALUES (`+placeholders+`) RETURNING id`, values(o)...)
}

func insertOrderAs(tx *db.Tx, o api.OrderDetail) error {
	if len(o.Addresses) != 1 {
		return errors.New("an order has exactly one address")
	}
	_, err := tx.Exec(`INSERT INTO shop_order (`+inserted+`, id) VALUES (`+placeholders+`, $26)`, append(values(o), o.OrderID)...)
	return err
}

func insertItem(tx *db.Tx, orderID int64, i api.OrderItem) error {
	into, args := db.Values(i.OrderItemID, `order_id, product_id, variant_id, name, variant_name, sku_code, image, quantity, unit_price_minor`,
		orderID, i.ProductID, i.SKUID, i.Name, i.VariantName, i.SKUCode, i.Image, i.Quantity, i.UnitPrice)
	_, err := tx.Exec(`INSERT INTO order_item `+into, args...)
	return err
}

func insertPayment(tx *db.Tx, orderID int64, p api.OrderPayment) error {
	into, args := db.Values(p.PaymentID, `order_id, type, method, amount_minor, status, reason, created_ms`,
		orderID, p.Type, p.Method, p.Amount, p.Status, p.Reason, p.CreatedAt.UnixMilli())
	_, err := tx.Exec(`INSERT INTO order_payment `+into, args...)
	return err
}

func insertTimeline(tx *db.Tx, orderID int64, e api.TimelineEntry) error {
	_, err := tx.Exec(`INSERT INTO order_timeline (order_id, kind, message, actor, created_ms) VALUES ($1, $2, $3, $4, $5)`,
		orderID, e.Kind, e.Message, e.Actor, e.CreatedAt.UnixMilli())
	return err
}

// setState moves an order on unless somebody else did first, and reports
// whether it did.
func setState(tx *db.Tx, o api.Order, s State) (bool, error) {
	n, err := tx.Exec(`UPDATE shop_order SET status = $4, financial_status = $5, fulfillment_status = $6, updated_ms = $7
		WHERE id = $1 AND store_id = $2 AND status = $3 AND deleted_ms IS NULL`,
		o.OrderID, o.StoreID, o.OrderStatus, s.Status, s.Financial, s.Fulfillment, tx.NowMS())
	return n == 1, err
}

// setPayments brings payments that have not come to their end to a status.
func setPayments(tx *db.Tx, orderID int64, status string) error {
	_, err := tx.Exec(`UPDATE order_payment SET status = $2
		WHERE order_id = $1 AND type = 'payment' AND status <> $2 AND status IN ('pending', 'paid')`, orderID, status)
	return err
}

// replace writes what an update may change.
func replace(tx *db.Tx, o api.OrderDetail) error {
	_, err := tx.Exec(`UPDATE shop_order SET customer_name = $2, customer_phone = $3, customer_email = $4, note = $5, tracking_id = $6,
		address = $7, city = $8, search_folded = $9, updated_ms = $10 WHERE id = $1`,
		o.OrderID, o.CustomerName, o.CustomerPhone, o.CustomerEmail, o.Note, o.TrackingID,
		o.Addresses[0].Address, o.Addresses[0].City, searchText(o.Order), tx.NowMS())
	return err
}

// setParcel notes who carries an order, and keeps its tracking id unless there
// is a new one.
func setParcel(tx *db.Tx, orderID int64, courier string, trackingID *string) error {
	_, err := tx.Exec(`UPDATE shop_order SET courier = $2, tracking_id = COALESCE($3, tracking_id), updated_ms = $4 WHERE id = $1`,
		orderID, courier, trackingID, tx.NowMS())
	return err
}

// addRefund counts a refund unless it exceeds what was paid, and reports
// whether it did not.
func addRefund(tx *db.Tx, orderID int64, amount api.Money) (bool, error) {
	n, err := tx.Exec(`UPDATE shop_order SET refunded_minor = refunded_minor + $2, updated_ms = $3
		WHERE id = $1 AND refunded_minor + $2 <= grand_total_minor`, orderID, amount, tx.NowMS())
	return n == 1, err
}

func markDeleted(tx *db.Tx, orderID int64) error {
	_, err := tx.Exec(`UPDATE shop_order SET deleted_ms = $2, updated_ms = $2 WHERE id = $1`, orderID, tx.NowMS())
	return err
}
