package api

// Order is an order as lists show it.
type Order struct {
	OrderID           int64  `json:"order_id"`
	StoreID           int64  `json:"store_id"`
	UserID            int64  `json:"user_id"`            // the customer
	OrderNumber       string `json:"order_number"`       // the store's serial, as people name the order
	CustomerName      string `json:"customer_name"`      // as of the day it was placed
	CustomerPhone     string `json:"customer_phone"`     // as of the day it was placed
	OrderStatus       string `json:"order_status"`       // where it is in its course
	FinancialStatus   string `json:"financial_status"`   // unpaid | paid | refunded
	FulfillmentStatus string `json:"fulfillment_status"` // unfulfilled | fulfilled
	SubTotal          Money  `json:"sub_total"`          // goods before discount
	Tax               Money  `json:"tax"`
	Shipping          Money  `json:"shipping"`
	Discount          Money  `json:"discount"`       // taken off the goods
	GrandTotal        Money  `json:"grand_total"`    // sub_total + tax + shipping - discount
	PaymentMethod     string `json:"payment_method"` // cod, bkash, nagad or card
	Note              string `json:"note"`           // the customer's words
	CreatedAt         Time   `json:"created_at"`
	UpdatedAt         Time   `json:"updated_at"`
}

// OrderDetail is one order with everything that hangs on it.
type OrderDetail struct {
	Order
	CustomerEmail  *string         `json:"customer_email"`
	Courier        *string         `json:"courier"`
	TrackingID     *string         `json:"tracking_id"`
	DiscountCode   *string         `json:"discount_code"`
	RefundedAmount Money           `json:"refunded_amount"` // sum of the refunds
	Items          []OrderItem     `json:"items"`
	Addresses      []OrderAddress  `json:"addresses"`
	Payments       []OrderPayment  `json:"payments"`
	Timeline       []TimelineEntry `json:"timeline"`
	// NextStatuses are the legal moves from OrderStatus.
	NextStatuses []string `json:"next_statuses"`
}

// OrderItem is one line of an order; names and prices are those of the day.
type OrderItem struct {
	OrderItemID int64  `json:"order_item_id"`
	ProductID   int64  `json:"product_id"`
	SKUID       int64  `json:"sku_id"`
	Name        string `json:"name"`
	VariantName string `json:"variant_name"`
	SKUCode     string `json:"sku_code"`
	Quantity    int64  `json:"quantity"`
	UnitPrice   Money  `json:"unit_price"`
	Total       Money  `json:"total"`
	Image       string `json:"image"` // URL on the platform, may be empty
}

// OrderAddress is where an order goes.
type OrderAddress struct {
	Type    string `json:"type"` // shipping
	Name    string `json:"name"`
	Phone   string `json:"phone"`
	Address string `json:"address"`
	City    string `json:"city"`
}

// OrderPayment is one payment towards an order, or one refund of it.
type OrderPayment struct {
	PaymentID int64   `json:"payment_id"`
	Type      string  `json:"type"`   // payment | refund
	Method    string  `json:"method"` // cod | bkash | nagad | card
	Amount    Money   `json:"amount"` // positive, of a refund too
	Status    string  `json:"status"` // pending | paid | cancelled | refunded
	Reason    *string `json:"reason"` // of a refund
	CreatedAt Time    `json:"created_at"`
}

// Types of payments.
const (
	PaymentTypePayment = "payment"
	PaymentTypeRefund  = "refund"
)

// TimelineEntry is one thing that happened to an order.
type TimelineEntry struct {
	Kind      string `json:"kind"` // created | status_changed | updated | fulfilled | refunded | deleted
	Message   string `json:"message"`
	Actor     string `json:"actor"` // a merchant's name, an app's name, or "Store"
	CreatedAt Time   `json:"created_at"`
}

// StatusChange is the body of PUT …/orders/{id}/status.
type StatusChange struct {
	Status string `json:"status"`
}

// NewOrder is the body of POST /api/apps/v1/orders: who buys (user_id or
// customer) and what. Prices and totals are the platform's.
type NewOrder struct {
	UserID           *int64            `json:"user_id"`            // a customer of the store
	Customer         *NewOrderCustomer `json:"customer"`           // or somebody, found by phone or email, else added as a guest
	Items            []NewOrderItem    `json:"items"`              // 1 to 100
	ShippingAddress  *CustomerAddress  `json:"shipping_address"`   // the customer's own when left out
	Shipping         *Money            `json:"shipping"`           // a courier's price; left out: that of the store's zones
	ShippingMethodID *int64            `json:"shipping_method_id"` // left out: the cheapest of the city's zone
	DiscountCode     *string           `json:"discount_code"`
	PaymentMethod    string            `json:"payment_method"` // cod, the default, or bkash, nagad, card, which are paid at once
	Note             string            `json:"note"`           // at most 1000 characters
}

// NewOrderCustomer is who a new order is for. A phone or an email is needed.
type NewOrderCustomer struct {
	Name        string           `json:"name"` // 1 to 255 characters
	Email       *string          `json:"email"`
	Phone       *string          `json:"phone"`
	AddressJSON *CustomerAddress `json:"address_json"`
	Address     *CustomerAddress `json:"address"` // another name of address_json
}

// NewOrderItem is a line of a new order. Lines of the same variant become one.
type NewOrderItem struct {
	SKUID    int64 `json:"sku_id"`
	Quantity int64 `json:"quantity"` // 1 to 10000
}

// OrderUpdate is the body of PUT /api/apps/v1/orders/{order_id}. What is left
// out stays as it is.
type OrderUpdate struct {
	Note            Change[string]          `json:"note,omitzero"` // at most 1000 characters
	CustomerName    Change[string]          `json:"customer_name,omitzero"`
	CustomerPhone   Change[string]          `json:"customer_phone,omitzero"`
	CustomerEmail   Change[string]          `json:"customer_email,omitzero"`
	ShippingAddress Change[CustomerAddress] `json:"shipping_address,omitzero"` // until the order is delivered
	TrackingID      Change[string]          `json:"tracking_id,omitzero"`      // at most 100 characters
	Items           Change[[]NewOrderItem]  `json:"items,omitzero"`            // refused: cancel the order and place another
}

// Fulfillment is the body of PUT /api/apps/v1/orders/{order_id}/fulfillment,
// which ships the order.
type Fulfillment struct {
	Courier    string  `json:"courier"`     // 1 to 100 characters
	TrackingID *string `json:"tracking_id"` // at most 100 characters
}

// Refund is the body of POST /api/apps/v1/orders/{order_id}/refund.
type Refund struct {
	Amount *Money `json:"amount"` // left out: all that was paid and not refunded yet
	Reason string `json:"reason"` // 1 to 500 characters
}

// PaymentMethods lists how orders are paid.
var PaymentMethods = []string{"cod", "bkash", "nagad", "card"}

// Order statuses.
const (
	OrderPending    = "pending"
	OrderConfirmed  = "confirmed"
	OrderProcessing = "processing"
	OrderShipped    = "shipped"
	OrderDelivered  = "delivered"
	OrderCompleted  = "completed"
	OrderHold       = "hold"
	OrderCancelled  = "cancelled"
	OrderRefunded   = "refunded"
)

// OrderStatuses lists every status in the order of the usual course.
var OrderStatuses = []string{OrderPending, OrderConfirmed, OrderProcessing, OrderShipped, OrderDelivered,
	OrderCompleted, OrderHold, OrderCancelled, OrderRefunded}
