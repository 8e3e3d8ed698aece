package selorax

import "context"

// Store is the merchant's shop.
type Store struct {
	StoreID  int64  `json:"store_id"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Phone    string `json:"phone"`
	Currency string `json:"currency"` // ISO 4217, such as BDT
	Domain   string `json:"domain"`
	Language string `json:"language"`
}

// Store returns the store that the access token is for. Scope read:store.
func (c *Client) Store(ctx context.Context, accessToken string) (Store, error) {
	var answer struct{ Data Store }
	err := c.get(ctx, accessToken, "/apps/v1/store", nil, &answer)
	return answer.Data, err
}
