package api

// Store is one merchant's shop, the tenant of everything below it.
type Store struct {
	StoreID   int64   `json:"store_id"`
	Name      string  `json:"name"`
	Email     string  `json:"email"`
	Phone     string  `json:"phone"`    // of the shop
	Currency  string  `json:"currency"` // BDT
	Image     *string `json:"image"`    // URL of the logo
	Address   *string `json:"address"`
	Domain    string  `json:"domain"`   // the shop's host name
	Language  string  `json:"language"` // two letters: en, bn
	CreatedAt Time    `json:"created_at"`
	UpdatedAt Time    `json:"updated_at"`
}

// StoreUpdate is the body of PUT /api/apps/v1/store. What is left out stays as
// it is.
type StoreUpdate struct {
	Name     Change[string] `json:"name,omitzero"` // 1 to 255 characters
	Email    Change[string] `json:"email,omitzero"`
	Phone    Change[string] `json:"phone,omitzero"`
	Currency Change[string] `json:"currency,omitzero"` // BDT, the only one in which orders are kept
	Image    Change[string] `json:"image,omitzero"`    // an http(s) URL, or null
	Address  Change[string] `json:"address,omitzero"`  // at most 500 characters, or null
	Domain   Change[string] `json:"domain,omitzero"`   // a host name such as floristbd.com
	Language Change[string] `json:"language,omitzero"` // two letters: en, bn
}
