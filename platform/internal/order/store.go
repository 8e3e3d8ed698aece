package order

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, store_id, customer_id, number, customer_name, customer_phone, status, financial_status, fulfillment_status,
	sub_total_minor, tax_minor, shipping_minor, discount_minor, grand_total_minor, payment_method, note, created_ms, updated_ms`

const detailColumns = columns + `, customer_email, courier, tracking_id, discount_code, refunded_minor, address, city`

// into lists where the columns of an order go; times are read through created
// and updated.
func into(o *api.Order, created, updated *int64) []any {
	return []any{&o.OrderID, &o.StoreID, &o.UserID, &o.OrderNumber, &o.CustomerName, &o.CustomerPhone, &o.OrderStatus,
		&o.FinancialStatus, &o.FulfillmentStatus, &o.SubTotal, &o.Tax, &o.Shipping, &o.Discount, &o.GrandTotal,
		&o.PaymentMethod, &o.Note, created, updated}
}

func scan(r db.Row) (o api.Order, err error) {
	var created, updated int64
	err = r.Scan(into(&o, &created, &updated)...)
	o.CreatedAt, o.UpdatedAt = api.At(created), api.At(updated)
	return o, err
}

func scanDetail(r db.Row) (d api.OrderDetail, err error) {
	var created, updated int64
	address := api.OrderAddress{Type: "shipping"}
	err = r.Scan(append(into(&d.Order, &created, &updated), &d.CustomerEmail, &d.Courier, &d.TrackingID, &d.DiscountCode,
		&d.RefundedAmount, &address.Address, &address.City)...)
	d.CreatedAt, d.UpdatedAt = api.At(created), api.At(updated)
	address.Name, address.Phone = d.CustomerName, d.CustomerPhone
	d.Addresses = []api.OrderAddress{address}
	return d, err
}

// byID returns a store's order without what hangs on it, or db.ErrNoRows.
func byID(tx *db.Tx, storeID, id int64) (api.OrderDetail, error) {
	return db.One(tx, scanDetail, `SELECT `+detailColumns+` FROM shop_order
		WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, id, storeID)
}

func itemsOf(tx *db.Tx, orderID int64) ([]api.OrderItem, error) {
	return db.All(tx, func(r db.Row) (i api.OrderItem, err error) {
		err = r.Scan(&i.OrderItemID, &i.ProductID, &i.SKUID, &i.Name, &i.VariantName, &i.SKUCode, &i.Image, &i.Quantity, &i.UnitPrice)
		i.Total = i.UnitPrice * api.Money(i.Quantity)
		return i, err
	}, `SELECT id, product_id, variant_id, name, variant_name, sku_code, image, quantity, unit_price_minor
		FROM order_item WHERE order_id = $1 ORDER BY id`, orderID)
}

func paymentsOf(tx *db.Tx, orderID int64) ([]api.OrderPayment, error) {
	return db.All(tx, func(r db.Row) (p api.OrderPayment, err error) {
		var created int64
		err = r.Scan(&p.PaymentID, &p.Type, &p.Method, &p.Amount, &p.Status, &p.Reason, &created)
		p.CreatedAt = api.At(created)
		return p, err
	}, `SELECT id, type, method, amount_minor, status, reason, created_ms FROM order_payment WHERE order_id = $1 ORDER BY id`, orderID)
}

// timelineOf returns what happened to an order, oldest first.
func timelineOf(tx *db.Tx, orderID int64) ([]api.TimelineEntry, error) {
	return db.All(tx, func(r db.Row) (e api.TimelineEntry, err error) {
		var created int64
		err = r.Scan(&e.Kind, &e.Message, &e.Actor, &created)
		e.CreatedAt = api.At(created)
		return e, err
	}, `SELECT kind, message, actor, created_ms FROM order_timeline WHERE order_id = $1 ORDER BY id`, orderID)
}

func newestID(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM shop_order WHERE store_id = $1 AND deleted_ms IS NULL
		ORDER BY created_ms DESC, id DESC LIMIT 1`, storeID)
}
