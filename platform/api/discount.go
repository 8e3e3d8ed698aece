package api

// Discount is a code that customers enter at the checkout.
type Discount struct {
	DiscountID            int64   `json:"discount_id"`
	StoreID               int64   `json:"store_id"`
	Code                  string  `json:"code"`       // upper case
	IsAmount              Flag    `json:"is_amount"`  // 1: Amount is taken off; 0: Percentage is
	Amount                Money   `json:"amount"`     // 0 when it is a percentage
	Percentage            float64 `json:"percentage"` // 0 to 100 with at most two decimals
	FreeShippingOn        Flag    `json:"free_shipping_on"`
	MinimumOrderValue     *Money  `json:"minimum_order_value"`     // of the goods
	MaximumDiscountAmount *Money  `json:"maximum_discount_amount"` // bounds a percentage
	IsActive              Flag    `json:"is_active"`
	TotalUse              *int64  `json:"total_use"`    // how often it may be used in all; null: any number
	UsePerUser            *int64  `json:"use_per_user"` // by one customer; null: any number
	UsedCount             int64   `json:"used_count"`   // orders that use it now
	StartsAt              *Time   `json:"starts_at"`
	EndsAt                *Time   `json:"ends_at"`
	CreatedAt             Time    `json:"created_at"`
	UpdatedAt             Time    `json:"updated_at"`
}

// DiscountInput is the body of POST /api/apps/v1/discounts and of PUT
// /api/apps/v1/discounts/{discount_id}. What is left out has its default, or
// stays as it is.
type DiscountInput struct {
	Code                  Change[string]  `json:"code,omitzero"` // 1 to 50 letters, digits, - and _
	IsAmount              Change[Flag]    `json:"is_amount,omitzero"`
	Amount                Change[Money]   `json:"amount,omitzero"`
	Percentage            Change[float64] `json:"percentage,omitzero"`
	FreeShippingOn        Change[Flag]    `json:"free_shipping_on,omitzero"`
	MinimumOrderValue     Change[Money]   `json:"minimum_order_value,omitzero"`
	MaximumDiscountAmount Change[Money]   `json:"maximum_discount_amount,omitzero"`
	IsActive              Change[Flag]    `json:"is_active,omitzero"` // 1, the default
	TotalUse              Change[int64]   `json:"total_use,omitzero"`
	UsePerUser            Change[int64]   `json:"use_per_user,omitzero"`
	StartsAt              Change[Time]    `json:"starts_at,omitzero"`
	EndsAt                Change[Time]    `json:"ends_at,omitzero"`
}

// DiscountCheck says whether a code may be used now (GET
// /api/apps/v1/discounts/validate/{code}?sub_total=1500&user_id=301).
type DiscountCheck struct {
	Valid    bool      `json:"valid"`
	Reason   *string   `json:"reason"`   // why not, as a sentence
	Discount *Discount `json:"discount"` // null when there is no such code
	Amount   Money     `json:"amount"`   // what it takes off the given sub-total
}
