package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
)

// ChargeQuery narrows the charges of a store down; what is zero does not.
type ChargeQuery struct {
	AppID        int64
	Status, Type string
	Page, Limit  int
}

// Charges returns a page of what apps asked a store to pay, newest first.
func (s Session) Charges(ctx context.Context, storeID int64, q ChargeQuery) (out api.List[api.StoreCharge], err error) {
	query := numbers{"store_id": storeID, "app_id": q.AppID, "page": int64(q.Page), "limit": int64(q.Limit)}.values()
	for name, value := range map[string]string{"status": q.Status, "type": q.Type} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return out, s.client.do(ctx, http.MethodGet, "/api/apps/billing/charges?"+query.Encode(), s.token, nil, &out)
}

// Charge returns one charge of any store that the user may open.
func (s Session) Charge(ctx context.Context, chargeID int64) (api.StoreCharge, error) {
	return get[api.StoreCharge](ctx, s, fmt.Sprintf("/api/apps/billing/charges/%d", chargeID))
}

// AnswerCharge approves, declines, cancels or resumes a charge: action is one of
// the merchant's actions except pay and cancel_at_period_end. A charge that is past it is a refusal with
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

// EndSubscription lets a subscription end with the period that is paid for.
func (s Session) EndSubscription(ctx context.Context, chargeID int64) (api.PaymentResult, error) {
	path := fmt.Sprintf("/api/apps/billing/charges/%d/cancel", chargeID)
	return call[api.PaymentResult](ctx, s, http.MethodPost, path, api.CancelSubscription{AtPeriodEnd: true})
}

// ChargeUsage returns a page of the uses that a month's charge gathers, newest
// first.
func (s Session) ChargeUsage(ctx context.Context, chargeID int64, page, limit int) (out api.List[api.UsageCharge], err error) {
	path := fmt.Sprintf("/api/apps/billing/charges/%d/usage?page=%d&limit=%d", chargeID, page, limit)
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// PaymentMethod returns the test payment method that a store has saved.
func (s Session) PaymentMethod(ctx context.Context, storeID int64) (api.PaymentMethod, error) {
	return get[api.PaymentMethod](ctx, s, "/api/apps/billing/payment-method?"+numbers{"store_id": storeID}.encode())
}

// SavePaymentMethod says how a store's saved method behaves.
func (s Session) SavePaymentMethod(ctx context.Context, in api.PaymentMethodInput) (api.PaymentMethod, error) {
	return call[api.PaymentMethod](ctx, s, http.MethodPut, "/api/apps/billing/payment-method?"+numbers{"store_id": in.StoreID}.encode(), in)
}

// Wallets returns what a store has paid to apps in advance.
func (s Session) Wallets(ctx context.Context, storeID int64) ([]api.StoreWallet, error) {
	return get[[]api.StoreWallet](ctx, s, "/api/apps/billing/wallets?"+numbers{"store_id": storeID}.encode())
}

// Wallet returns one wallet of any store that the user may open.
func (s Session) Wallet(ctx context.Context, walletID int64) (api.StoreWallet, error) {
	return get[api.StoreWallet](ctx, s, fmt.Sprintf("/api/apps/billing/wallets/%d", walletID))
}

// WalletTransactions returns a page of a wallet's changes, newest first.
func (s Session) WalletTransactions(ctx context.Context, walletID int64, page, limit int) (out api.List[api.WalletTransaction], err error) {
	path := fmt.Sprintf("/api/apps/billing/wallets/%d/transactions?page=%d&limit=%d", walletID, page, limit)
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}
