package api

// Order is an order as lists show it.
type Order struct {
	OrderID           int64  `json:"order_id"`
	StoreID           int64  `json:"store_id"`
	UserID            int64  `json:"user_id"`
	OrderNumber       string `json:"order_number"`
	CustomerName      string `json:"customer_name"`
	CustomerPhone     string `json:"customer_phone"`
	OrderStatus       string `json:"order_status"`
	FinancialStatus   string `json:"financial_status"`   // unpaid | paid | refunded
	FulfillmentStatus string `json:"fulfillment_status"` // unfulfilled | fulfilled
	SubTotal          Money  `json:"sub_total"`
	Tax               Money  `json:"tax"`
	Shipping          Money  `json:"shipping"`
	Discount          Money  `json:"discount"`
	GrandTotal        Money  `json:"grand_total"`
	PaymentMethod     string `json:"payment_method"`
	Note              string `json:"note"`
	CreatedAt         Time   `json:"created_at"`
	UpdatedAt         Time   `json:"updated_at"`
}

// OrderDetail is one order with everything that hangs on it.
type OrderDetail struct {
	Order
	CustomerEmail *string         `json:"customer_email"`
	TrackingID    *string         `json:"tracking_id"`
	Items         []OrderItem     `json:"items"`
	Addresses     []OrderAddress  `json:"addresses"`
	Payments      []OrderPayment  `json:"payments"`
	Timeline      []TimelineEntry `json:"timeline"`
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

// OrderPayment is one payment towards an order.
type OrderPayment struct {
	PaymentID int64  `json:"payment_id"`
	Method    string `json:"method"`
	Amount    Money  `json:"amount"`
	Status    string `json:"status"`
	CreatedAt Time   `json:"created_at"`
}

// TimelineEntry is one thing that happened to an order.
type TimelineEntry struct {
	Kind      string `json:"kind"` // created | status_changed
	Message   string `json:"message"`
	Actor     string `json:"actor"` // a merchant's name, an app's name, or "Store"
	CreatedAt Time   `json:"created_at"`
}

// StatusChange is the body of PUT …/orders/{id}/status.
type StatusChange struct {
	Status string `json:"status"`
}

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
