package restock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// option is a choice of a select.
type option struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// variantRow is a line of the block's table.
type variantRow struct {
	Variant string `json:"variant"`
	Left    int64  `json:"left"`
	Waiting int    `json:"waiting"`
}

// productStock is the state of the block on a product's page.
func (a *App) productStock(r *http.Request, s selorax.Session) (any, error) {
	var in struct {
		ProductID int64 `json:"product_id"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.ProductID < 1 {
		return nil, errBadInput
	}
	return a.productState(r.Context(), s.StoreID, in.ProductID)
}

// productState shows what is left of a product's variants, who waits for them,
// and the forms.
func (a *App) productState(ctx context.Context, storeID, productID int64) (d selorax.Directives, err error) {
	set, err := a.settings(ctx, storeID)
	if err != nil {
		return d, err
	}
	waits, err := a.waitingFor(ctx, storeID)
	if err != nil {
		return d, err
	}
	product, err := a.inventory(ctx, storeID, productID)
	if err != nil {
		return d, err
	}
	rows, gone := []variantRow{}, []option{}
	low := 0
	for _, v := range product.Variants {
		rows = append(rows, variantRow{v.VariantName, v.Quantity, waits[v.SKUID]})
		if set.low(productID, v.Quantity) {
			low++
		}
		if v.Quantity <= 0 {
			gone = append(gone, option{v.VariantName, fmt.Sprint(v.SKUID)})
		}
	}
	d.UpdateState = map[string]any{
		"loaded": true, "rows": rows, "low": low > 0, "summary": runsLow(low),
		"out": len(gone) > 0, "options": gone, "sku_id": firstValue(gone), "recipient": "", "threshold": set.of(productID),
	}
	return d, nil
}

func firstValue(options []option) string {
	if len(options) == 0 {
		return ""
	}
	return options[0].Value
}

// waitFor takes the block's form: somebody wants to be told.
func (a *App) waitFor(r *http.Request, s selorax.Session) (any, error) {
	var in struct {
		ProductID int64       `json:"product_id"`
		SKUID     json.Number `json:"sku_id"` // a select's value is text
		Recipient string      `json:"recipient"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.ProductID < 1 {
		return nil, errBadInput
	}
	sku, err := in.SKUID.Int64()
	if err != nil {
		return nil, errBadInput
	}
	m, err := a.wait(r.Context(), s.StoreID, newWait{in.ProductID, sku, in.Recipient})
	return a.toast(r.Context(), s.StoreID, in.ProductID, err, m.recipient+" will be told when it is back.")
}

// productThreshold takes the block's other form.
func (a *App) productThreshold(r *http.Request, s selorax.Session) (any, error) {
	var in struct {
		ProductID int64       `json:"product_id"`
		Threshold json.Number `json:"threshold"` // a field's value is text
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.ProductID < 1 {
		return nil, errBadInput
	}
	threshold, err := in.Threshold.Int64()
	if err != nil {
		err = errBadThreshold
	} else {
		_, err = a.change(r.Context(), s.StoreID, func(now settings) settings { return now.with(in.ProductID, &threshold) })
	}
	return a.toast(r.Context(), s.StoreID, in.ProductID, err, fmt.Sprintf("It runs low with fewer than %d left.", threshold))
}

// toast answers a form of the block: with what is so now, or with what is wrong
// with it, and then the fields stay as they are.
func (a *App) toast(ctx context.Context, storeID, productID int64, err error, done string) (any, error) {
	var wrong *complaint
	if errors.As(err, &wrong) {
		return selorax.Directives{ShowToast: &selorax.Toast{Message: wrong.text, Type: "error"}}, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := a.productState(ctx, storeID, productID)
	d.ShowToast = &selorax.Toast{Message: done, Type: "success"}
	return d, err
}

// maxSelected bounds how many products one press of the button is about.
const maxSelected = 250

// markSelected marks what runs low of the products that the merchant selected
// in the list.
func (a *App) markSelected(r *http.Request, s selorax.Session) (any, error) {
	var in struct {
		ProductIDs []int64 `json:"product_ids"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || len(in.ProductIDs) == 0 || len(in.ProductIDs) > maxSelected {
		return nil, errBadInput
	}
	set, err := a.settings(r.Context(), s.StoreID)
	if err != nil {
		return nil, err
	}
	low, err := forStore(r.Context(), a, s.StoreID, func(ctx context.Context, token string) ([]lowVariant, error) {
		return a.lowOf(ctx, token, set, in.ProductIDs)
	})
	if err != nil {
		return nil, err
	}
	added, err := a.addMarks(r.Context(), s.StoreID, "", low)
	t := selorax.Toast{Message: fmt.Sprintf("Put on the reorder list: %d.", added), Type: "success"}
	switch {
	case len(low) == 0:
		t = selorax.Toast{Message: "None of these run low.", Type: "info"}
	case added == 0:
		t = selorax.Toast{Message: "All of it is on the reorder list already.", Type: "info"}
	}
	return selorax.Directives{ShowToast: &t}, err
}
