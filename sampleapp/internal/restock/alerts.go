package restock

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// stockChanged follows inventory.updated: who waits for the variant is looked
// at, and the merchant is told when it begins to run low.
func (a *App) stockChanged(ctx context.Context, tx *sql.Tx, e selorax.Event) error {
	var d selorax.InventoryEvent
	if err := json.Unmarshal(e.Data, &d); err != nil {
		return err
	}
	if d.Quantity > 0 {
		if err := stir(ctx, tx, e.StoreID, d.SKUID, a.Now().UnixMilli()); err != nil {
			return err
		}
	}
	s, err := readSettings(ctx, tx, e.StoreID)
	if errors.Is(err, sql.ErrNoRows) {
		s, err = defaults, nil
	}
	if err != nil || !s.TellMerchant || s.low(d.ProductID, d.PreviousQuantity) || !s.low(d.ProductID, d.Quantity) {
		return err
	}
	_, err = a.enqueue(ctx, tx, message{
		storeID: e.StoreID, kind: runsLowNow, productID: d.ProductID, skuID: d.SKUID,
		product: fullName(d.ProductName, d.VariantName), channel: selorax.Email,
	})
	return err
}

// messageEnded follows message.delivered and message.failed, of messages that
// are ours.
func (a *App) messageEnded(ctx context.Context, tx *sql.Tx, e selorax.Event) error {
	var d selorax.MessageEvent
	if err := json.Unmarshal(e.Data, &d); err != nil {
		return err
	}
	var own struct {
		MessageID int64 `json:"restock_message"`
	}
	if json.Unmarshal(d.Message.Metadata, &own) != nil || d.Status != delivered && d.Status != failed {
		return nil
	}
	return finish(ctx, tx, e.StoreID, own.MessageID, d.Status, d.Message.Error, a.Now().UnixMilli())
}
