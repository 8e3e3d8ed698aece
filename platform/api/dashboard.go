package api

import "encoding/json"

// LoginRequest is the body of POST /api/auth/login.
type LoginRequest struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// Login is a new dashboard session. The token goes into the X-Auth-Token
// header of every dashboard-facing call.
type Login struct {
	Token     string  `json:"token"`
	ExpiresAt Time    `json:"expires_at"`
	Account   Account `json:"account"`
}

// Account is the signed-in user with the stores they may open
// (GET /api/auth/me).
type Account struct {
	UserID int64      `json:"user_id"`
	Name   string     `json:"name"`
	Email  string     `json:"email"`
	Roles  []string   `json:"roles"` // merchant, developer
	Stores []StoreRef `json:"stores"`
}

// Roles of dashboard users.
const (
	RoleMerchant  = "merchant"
	RoleDeveloper = "developer"
)

// StoreRef names a store.
type StoreRef struct {
	StoreID int64   `json:"store_id"`
	Name    string  `json:"name"`
	Domain  string  `json:"domain"`
	Image   *string `json:"image"`
}

// Home is the store's landing page (GET /api/stores/{store_id}/home). Orders
// are counted on the day they were placed, whatever became of them; sales leave
// out those that were cancelled or refunded. Days are Bangladesh's, UTC+6.
type Home struct {
	Store        Store         `json:"store"`
	OrdersToday  int           `json:"orders_today"`
	SalesToday   Money         `json:"sales_today"`
	OrdersWeek   int           `json:"orders_week"` // the last 7 days, today included
	SalesWeek    Money         `json:"sales_week"`
	OpenOrders   int           `json:"open_orders"`  // pending, confirmed, processing or hold
	LowStock     int           `json:"low_stock"`    // variants with fewer than 5 left
	SalesByDay   []DaySales    `json:"sales_by_day"` // 14 days, oldest first
	ByStatus     []StatusCount `json:"by_status"`
	RecentOrders []Order       `json:"recent_orders"` // 5
}

// DaySales is one bar of the sales chart.
type DaySales struct {
	Date   string `json:"date"` // 2026-01-31, a day in Bangladesh (UTC+6)
	Orders int    `json:"orders"`
	Sales  Money  `json:"sales"`
}

// StatusCount is how many orders are in a status.
type StatusCount struct {
	Status string `json:"status"`
	Count  int    `json:"count"`
}

// LiveEvent is one message of the WebSocket feed, GET /api/live?store_id=22
// (optionally &after=<seq> to resume without a gap).
type LiveEvent struct {
	Seq     int64           `json:"seq"`
	EventID string          `json:"event_id"`
	Topic   string          `json:"topic"`
	StoreID int64           `json:"store_id"`
	AppID   *int64          `json:"app_id"`
	At      Time            `json:"at"`
	Data    json.RawMessage `json:"data"`
}
