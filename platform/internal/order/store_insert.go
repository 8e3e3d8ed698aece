package order

import (
	"errors"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

func insertOrder(tx *db.Tx, o api.OrderDetail) error {
	if len(o.Addresses) != 1 {
		return errors.New("an order has exactly one address")
	}
	_, err := tx.Exec(`INSERT INTO shop_order (`+columns+`, customer_email, tracking_id, address, city, search_folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		o.OrderID, o.StoreID, o.UserID, o.OrderNumber, o.CustomerName, o.CustomerPhone, o.OrderStatus, o.FinancialStatus,
		o.FulfillmentStatus, o.SubTotal, o.Tax, o.Shipping, o.Discount, o.GrandTotal, o.PaymentMethod, o.Note,
		o.CreatedAt.UnixMilli(), o.UpdatedAt.UnixMilli(), o.CustomerEmail, o.TrackingID,
		o.Addresses[0].Address, o.Addresses[0].City, searchText(o.Order))
	return err
}

func insertItem(tx *db.Tx, orderID int64, i api.OrderItem) error {
	_, err := tx.Exec(`INSERT INTO order_item (order_id, product_id, variant_id, name, variant_name, sku_code, image, quantity, unit_price_minor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		orderID, i.ProductID, i.SKUID, i.Name, i.VariantName, i.SKUCode, i.Image, i.Quantity, i.UnitPrice)
	return err
}

func insertPayment(tx *db.Tx, orderID int64, p api.OrderPayment) error {
	_, err := tx.Exec(`INSERT INTO order_payment (order_id, method, amount_minor, status, created_ms) VALUES ($1, $2, $3, $4, $5)`,
		orderID, p.Method, p.Amount, p.Status, p.CreatedAt.UnixMilli())
	return err
}

func insertTimeline(tx *db.Tx, orderID int64, e api.TimelineEntry) error {
	_, err := tx.Exec(`INSERT INTO order_timeline (order_id, kind, message, actor, created_ms) VALUES ($1, $2, $3, $4, $5)`,
		orderID, e.Kind, e.Message, e.Actor, e.CreatedAt.UnixMilli())
	return err
}
