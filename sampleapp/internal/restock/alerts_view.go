package restock

import (
	"context"
	"net/http"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// alertsView is what the page shows of messages.
type alertsView struct {
	Settings    settings         `json:"settings"`
	Balance     selorax.Money    `json:"balance"` // of the wallet
	SMSPrice    selorax.Money    `json:"sms_price"`
	EmailPrice  selorax.Money    `json:"email_price"`
	Held        heldView         `json:"held"`
	Messages    []messageView    `json:"messages"`
	Disclosures []disclosureView `json:"disclosures"`
	ToldAt      int64            `json:"told_at"` // see toldAt
}

// heldView is what goes out once something is paid.
type heldView struct {
	ForPlan   int           `json:"for_plan"`
	ForWallet int           `json:"for_wallet"`
	Price     selorax.Money `json:"price"` // of all of it
}

// messageView is a message as the page shows it.
type messageView struct {
	MessageID int64     `json:"message_id"`
	Kind      string    `json:"kind"`
	SKUID     int64     `json:"sku_id"`
	Product   string    `json:"product"`
	Channel   string    `json:"channel"`
	Recipient string    `json:"recipient"`
	Status    string    `json:"status"`
	HeldFor   string    `json:"held_for"`
	Error     string    `json:"error"`
	ChangedAt time.Time `json:"changed_at"`
}

// shownMessages is how many messages the page shows, the latest change first.
const shownMessages = 100

// alerts is what the store is told and tells, with what that costs.
func (a *App) alerts(r *http.Request, s selorax.Session) (any, error) {
	ctx := r.Context()
	v := alertsView{SMSPrice: smsPrice, EmailPrice: emailPrice, Messages: []messageView{}}
	var err error
	if v.Settings, err = a.settings(ctx, s.StoreID); err != nil {
		return nil, err
	}
	wallet, err := forStore(ctx, a, s.StoreID, a.Platform.Wallet)
	if err != nil {
		return nil, err
	}
	v.Balance = wallet.Balance
	if v.ToldAt, err = a.toldAt(ctx, s.StoreID); err != nil { // first, so that what comes meanwhile is noticed
		return nil, err
	}
	if v.Held, err = a.heldOf(ctx, s.StoreID); err != nil {
		return nil, err
	}
	if v.Disclosures, err = a.disclosures(ctx, s.StoreID); err != nil {
		return nil, err
	}
	latest, err := a.messages(ctx, `store_id = ? ORDER BY changed_ms DESC, message_id DESC LIMIT ?`, s.StoreID, shownMessages)
	for _, m := range latest {
		v.Messages = append(v.Messages, m.view())
	}
	return &v, err
}

func (m message) view() messageView {
	return messageView{
		MessageID: m.id, Kind: m.kind, SKUID: m.skuID, Product: m.product, Channel: m.channel, Recipient: m.recipient,
		Status: m.status, HeldFor: m.heldFor, Error: m.error, ChangedAt: time.UnixMilli(m.changedMS).UTC(),
	}
}

// heldOf says what is held, and what it takes.
func (a *App) heldOf(ctx context.Context, storeID int64) (h heldView, err error) {
	list, err := a.messages(ctx, `store_id = ? AND status = 'held'`, storeID)
	for _, m := range list {
		if m.heldFor == heldForPlan {
			h.ForPlan++
		} else {
			h.ForWallet++
		}
		h.Price += m.price()
	}
	return h, err
}
