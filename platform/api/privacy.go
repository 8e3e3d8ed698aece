package api

// NewPrivacyRequest is the body of POST /api/stores/{store_id}/privacy-requests.
type NewPrivacyRequest struct {
	Topic  string `json:"topic"`   // customers/data_request | customers/redact | shop/redact
	UserID *int64 `json:"user_id"` // the customer; not for shop/redact
}

// PrivacyRequest is what a merchant asked every app of the store to do about
// personal data, and how far the message has come.
type PrivacyRequest struct {
	EventID     string           `json:"event_id"`
	Topic       string           `json:"topic"` // customers/data_request | customers/redact | shop/redact
	StoreID     int64            `json:"store_id"`
	Customer    *PrivacyCustomer `json:"customer"` // null: the whole store
	RequestedAt Time             `json:"requested_at"`
	DueAt       *Time            `json:"due_at"` // of an export: 30 days later
	Apps        []PrivacyApp     `json:"apps"`   // whom it was sent to
}

// PrivacyApp is one app that is told of a privacy request.
type PrivacyApp struct {
	AppID          int64  `json:"app_id"`
	Name           string `json:"name"`
	DeliveryID     int64  `json:"delivery_id"`
	DeliveryStatus string `json:"delivery_status"` // pending | retrying | delivered | dead | cancelled
}
