package api

// Customer is a person who buys from a store. Total orders and amount spent
// are counted by the platform: all orders that were not deleted, and the grand
// totals, less refunds, of those that were not cancelled.
type Customer struct {
	UserID      int64            `json:"user_id"`
	StoreID     int64            `json:"store_id"`
	Name        string           `json:"name"`
	Email       *string          `json:"email"`
	Phone       *string          `json:"phone"` // 01712345678
	AddressJSON *CustomerAddress `json:"address_json"`
	IsGuest     Flag             `json:"is_guest"` // bought without an account
	CreatedAt   Time             `json:"created_at"`
	UpdatedAt   Time             `json:"updated_at"`
	TotalOrders int64            `json:"total_orders"`
	TotalSpent  Money            `json:"total_spent"`
}

// CustomerAddress is where a customer lives.
type CustomerAddress struct {
	Address string `json:"address"` // house, road and area; at most 500 characters
	City    string `json:"city"`    // at most 100 characters
}

// NewCustomer is the body of POST /api/apps/v1/customers. A phone or an email
// is needed; each belongs to one customer of a store.
type NewCustomer struct {
	Name        string           `json:"name"` // 1 to 255 characters
	Email       *string          `json:"email"`
	Phone       *string          `json:"phone"`
	AddressJSON *CustomerAddress `json:"address_json"`
}

// CustomerUpdate is the body of PUT /api/apps/v1/customers/{user_id}. What is
// left out stays as it is.
type CustomerUpdate struct {
	Name        Change[string]          `json:"name,omitzero"`
	Email       Change[string]          `json:"email,omitzero"`
	Phone       Change[string]          `json:"phone,omitzero"`
	AddressJSON Change[CustomerAddress] `json:"address_json,omitzero"`
}

// Deleted is the answer to a deletion.
type Deleted struct {
	ID int64 `json:"id"`
}

// CustomerEvent is the data of customer.created and customer.updated.
type CustomerEvent struct {
	UserID        int64    `json:"user_id"`
	CustomerName  string   `json:"customer_name"`
	CustomerPhone *string  `json:"customer_phone"`
	CustomerEmail *string  `json:"customer_email"`
	StoreName     string   `json:"store_name"`
	Customer      Customer `json:"customer"`
}
