package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
)

// Charges returns a page of what an app asked a store to pay, newest first;
// an empty status means every status.
func (s Session) Charges(ctx context.Context, storeID, appID int64, status string, page, limit int) (out api.List[api.StoreCharge], err error) {
	path := fmt.Sprintf("/api/apps/billing/charges?store_id=%d&app_id=%d&status=%s&page=%d&limit=%d", storeID, appID, url.QueryEscape(status), page, limit)
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// Charge returns one charge of any store that the user may open.
func (s Session) Charge(ctx context.Context, chargeID int64) (api.StoreCharge, error) {
	return get[api.StoreCharge](ctx, s, fmt.Sprintf("/api/apps/billing/charges/%d", chargeID))
}

// AnswerCharge approves, declines or cancels a charge: action is one of the
// merchant's actions except pay. A charge that is past it is a refusal with
// status 409 whose message says where it stands.
func (s Session) AnswerCharge(ctx context.Context, chargeID int64, action string) (api.PaymentResult, error) {
	return call[api.PaymentResult](ctx, s, http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/%s", chargeID, url.PathEscape(action)), nil)
}

// PayCharge tells the simulated gateway how the payment of an approved charge
// ends. A charge that cannot be paid is a refusal with status 409.
func (s Session) PayCharge(ctx context.Context, chargeID int64, outcome string) (api.PaymentResult, error) {
	path := fmt.Sprintf("/api/apps/billing/charges/%d/pay", chargeID)
	return call[api.PaymentResult](ctx, s, http.MethodPost, path, api.PaymentRequest{Outcome: outcome})
}
