package restock

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// How many variants the widget shows.
const (
	defaultRows = 3
	maxRows     = 10
)

// forExtension answers an extension's call, which the platform carries with
// the merchant's session token. What h returns are directives.
func (a *App) forExtension(h merchantHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		a.serve(w, r, token, h)
	}
}

// stockRow is a line of an extension's table.
type stockRow struct {
	Item string `json:"item"`
	Left int64  `json:"left"`
}

func rowsOf(low []lowVariant) []stockRow {
	rows := make([]stockRow, len(low))
	for n, v := range low {
		rows[n] = stockRow{fullName(v.Name, v.Variant), v.Quantity}
	}
	return rows
}

// lowStockWidget is the state of the widget on the dashboard's home.
func (a *App) lowStockWidget(r *http.Request, s selorax.Session) (any, error) {
	var in struct {
		Rows json.Number `json:"rows"` // what the merchant has set for the widget
	}
	_ = json.NewDecoder(r.Body).Decode(&in) // without it there is a default
	shown, err := strconv.Atoi(in.Rows.String())
	if err != nil || shown < 1 || shown > maxRows {
		shown = defaultRows
	}
	low, err := a.storeLow(r.Context(), s.StoreID)
	return selorax.Directives{UpdateState: map[string]any{
		"loaded": true, "low": len(low) > 0, "enough": len(low) == 0,
		"summary": runsLow(len(low)), "rows": rowsOf(low[:min(shown, len(low))]),
	}}, err
}

// runsLow counts variants in words.
func runsLow(n int) string {
	if n == 1 {
		return "1 variant runs low"
	}
	return fmt.Sprintf("%d variants run low", n)
}

// orderStock is the state of the block on an order's page.
func (a *App) orderStock(r *http.Request, s selorax.Session) (any, error) {
	_, low, err := a.lowOfOrder(r, s.StoreID)
	if err != nil {
		return nil, err
	}
	return a.orderState(r.Context(), s.StoreID, low)
}

// markReorder marks what runs low of an order.
func (a *App) markReorder(r *http.Request, s selorax.Session) (any, error) {
	order, low, err := a.lowOfOrder(r, s.StoreID)
	if err != nil {
		return nil, err
	}
	added, err := a.addMarks(r.Context(), s.StoreID, order.OrderNumber, low)
	if err != nil {
		return nil, err
	}
	d, err := a.orderState(r.Context(), s.StoreID, low)
	d.ShowToast = &selorax.Toast{Message: "It was on the reorder list already.", Type: "info"}
	if added > 0 {
		d.ShowToast = &selorax.Toast{Message: fmt.Sprintf("Put on the reorder list: %d.", added), Type: "success"}
	}
	return d, err
}

// orderState shows which of an order's variants run low and whether all of
// them are marked.
func (a *App) orderState(ctx context.Context, storeID int64, low []lowVariant) (d selorax.Directives, err error) {
	marks, err := a.marks(ctx, storeID)
	if err != nil {
		return d, err
	}
	open := slices.ContainsFunc(low, func(v lowVariant) bool {
		return !slices.ContainsFunc(marks, func(m mark) bool { return m.SKUID == v.SKUID })
	})
	d.UpdateState = map[string]any{
		"loaded": true, "low": len(low) > 0, "enough": len(low) == 0, "open": open, "marked": len(low) > 0 && !open,
		"summary": runsLow(len(low)), "rows": rowsOf(low),
	}
	return d, nil
}

// lowOfOrder reads the order that a call names, and which of its variants run
// low. The access token is for the session's store alone: an order of another
// store is not found.
func (a *App) lowOfOrder(r *http.Request, storeID int64) (order selorax.OrderDetail, low []lowVariant, err error) {
	var body struct {
		OrderID int64 `json:"order_id"`
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil || body.OrderID < 1 {
		return order, nil, errBadInput
	}
	set, err := a.settings(r.Context(), storeID)
	if err != nil {
		return order, nil, err
	}
	err = a.withToken(r.Context(), storeID, func(token string) (err error) {
		if order, err = a.Platform.Order(r.Context(), token, body.OrderID); err != nil {
			return err
		}
		var products, ordered []int64
		for _, item := range order.Items {
			products, ordered = append(products, item.ProductID), append(ordered, item.SKUID)
		}
		slices.Sort(products)
		low, err = a.lowOf(r.Context(), token, set, slices.Compact(products))
		low = slices.DeleteFunc(low, func(v lowVariant) bool { return !slices.Contains(ordered, v.SKUID) })
		return err
	})
	return order, low, err
}
