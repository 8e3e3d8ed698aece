package restock

import (
	"context"
	"errors"
	"net/http"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// payFor takes the price from the wallet, if the message is to go out at all.
// The stock is asked for here: events come late and overtake each other. A debit
// that may have been made is asked for again whatever has happened since, with
// its key, while the platform knows that.
func (a *App) payFor(ctx context.Context, m message, known *lookups) error {
	if !m.paying {
		to, err := a.wanted(ctx, m, known)
		if err != nil {
			return err
		}
		if to.status != due {
			return a.move(ctx, m, to)
		}
		if stands, err := a.setPaying(ctx, m, true); err != nil || !stands {
			return err
		}
	}
	return a.debit(ctx, m)
}

// wanted is how a message stands with the stock and the plan: due, if it is to
// go out.
func (a *App) wanted(ctx context.Context, m message, known *lookups) (to message, err error) {
	to = m
	if m.kind == backInStock {
		left, err := known.leftOf(ctx, m)
		if err != nil {
			return to, err
		}
		if left <= 0 {
			to.status = waiting
			return to, nil
		}
	}
	own, err := known.owned(ctx, m.storeID)
	if err == nil && own[alertsProduct].status != paid {
		to.status, to.heldFor = onHold, heldForPlan
	}
	return to, err
}

// debit takes the price of a message from the wallet.
func (a *App) debit(ctx context.Context, m message) error {
	to := m
	err := a.withToken(ctx, m.storeID, func(token string) error {
		debit, err := a.Platform.Debit(ctx, token, selorax.NewDebit{
			Amount: m.price(), Description: m.title(), IdempotencyKey: m.key(),
		})
		to.status, to.transactionID = paid, debit.TransactionID
		return err
	})
	if _, _, short := selorax.Shortfall(err); short {
		to.status, to.heldFor = onHold, heldForWallet
		_, err = a.setPaying(ctx, m, false)
	}
	if err != nil {
		return err
	}
	return a.move(ctx, m, to)
}

// send hands a message to the platform. One that is refused for what it is has
// failed; its key sends it once however often this is called.
func (a *App) send(ctx context.Context, m message, known *lookups) error {
	store, err := known.store(ctx, m.storeID)
	if err != nil {
		return err
	}
	n := m.compose(store)
	to := m
	to.status = sent
	err = a.withToken(ctx, m.storeID, func(token string) error {
		_, err := a.Platform.Send(ctx, token, m.channel, n)
		return err
	})
	var refused *selorax.Error
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
		to.status, to.error, err = failed, refused.Message, nil
	}
	if err != nil {
		return err
	}
	return a.move(ctx, m, to)
}

// giveBack returns what a message cost that did not arrive.
func (a *App) giveBack(ctx context.Context, m message) error {
	err := a.withToken(ctx, m.storeID, func(token string) error {
		_, err := a.Platform.ReverseDebit(ctx, token, m.transactionID, "Not delivered: "+m.title())
		return err
	})
	if err != nil && !selorax.IsConflict(err) { // a conflict: it was given back before
		return err
	}
	to := m
	to.transactionID = 0
	return a.move(ctx, m, to)
}
