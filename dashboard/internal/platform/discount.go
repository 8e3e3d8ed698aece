package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

func discountsPath(storeID int64) string { return fmt.Sprintf("/api/stores/%d/discounts", storeID) }

func discountPath(storeID, discountID int64) string {
	return fmt.Sprintf("%s/%d", discountsPath(storeID), discountID)
}

// Discounts returns a page of a store's discounts, newest first.
func (s Session) Discounts(ctx context.Context, storeID int64, q Query) (out api.List[api.Discount], err error) {
	return out, s.client.do(ctx, http.MethodGet, discountsPath(storeID)+"?"+q.encode(), s.token, nil, &out)
}

// Discount returns one discount.
func (s Session) Discount(ctx context.Context, storeID, discountID int64) (api.Discount, error) {
	return get[api.Discount](ctx, s, discountPath(storeID, discountID))
}

// CreateDiscount makes a discount. A code that the store has already is a
// refusal with status 409.
func (s Session) CreateDiscount(ctx context.Context, storeID int64, in api.DiscountInput) (api.Discount, error) {
	return call[api.Discount](ctx, s, http.MethodPost, discountsPath(storeID), in)
}

// UpdateDiscount changes the given fields of a discount.
func (s Session) UpdateDiscount(ctx context.Context, storeID, discountID int64, in api.DiscountInput) (api.Discount, error) {
	return call[api.Discount](ctx, s, http.MethodPut, discountPath(storeID, discountID), in)
}

// DeleteDiscount deletes a discount; its code is free again.
func (s Session) DeleteDiscount(ctx context.Context, storeID, discountID int64) error {
	_, err := call[api.Deleted](ctx, s, http.MethodDelete, discountPath(storeID, discountID), nil)
	return err
}
