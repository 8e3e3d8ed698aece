package restock

import (
	"cmp"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// salesPeriod is what the report looks back on.
const salesPeriod = 30 * 24 * time.Hour

// reportRow says how much to order of a variant that runs low: enough for
// another such period, with the threshold still there at its end.
type reportRow struct {
	lowVariant
	Sold  int64 `json:"sold"`  // pieces in the period
	Order int64 `json:"order"` // pieces to order
}

// report is what the merchant bought, as rows and as a file.
func (a *App) report(r *http.Request, s selorax.Session) (any, error) {
	ctx := r.Context()
	p, err := a.purchaseOf(ctx, s.StoreID, reportProduct)
	if err == nil && p.status != paid {
		err = errNotPaid
	}
	if err != nil {
		return nil, err
	}
	var answer struct {
		Rows []reportRow `json:"rows"`
		CSV  string      `json:"csv"`
	}
	set, err := a.settings(ctx, s.StoreID)
	if err != nil {
		return nil, err
	}
	err = a.withToken(ctx, s.StoreID, func(token string) error {
		low, err := a.runLow(ctx, token, set)
		if err != nil {
			return err
		}
		sold, err := a.sold(ctx, s.StoreID, token)
		answer.Rows = suggest(low, sold)
		return err
	})
	answer.CSV = asCSV(answer.Rows)
	return &answer, err
}

// suggest computes the rows, the largest order first.
func suggest(low []lowVariant, sold map[int64]int64) []reportRow {
	rows := make([]reportRow, len(low))
	for n, v := range low {
		rows[n] = reportRow{lowVariant: v, Sold: sold[v.SKUID], Order: sold[v.SKUID] + v.Threshold - v.Quantity}
	}
	slices.SortStableFunc(rows, func(x, y reportRow) int { return cmp.Compare(y.Order, x.Order) })
	return rows
}

// asCSV writes the report for a spreadsheet.
func asCSV(rows []reportRow) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"Product", "Variant", "SKU", "In stock", "Sold in 30 days", "Order"}) // into memory: cannot fail
	for _, r := range rows {
		_ = w.Write([]string{plain(r.Name), plain(r.Variant), plain(r.SKUCode),
			strconv.FormatInt(r.Quantity, 10), strconv.FormatInt(r.Sold, 10), strconv.FormatInt(r.Order, 10)})
	}
	w.Flush()
	return b.String()
}

// plain keeps a spreadsheet from taking a name for a formula.
func plain(name string) string {
	if strings.IndexAny(name, "=+-@\t\r") == 0 {
		return "'" + name
	}
	return name
}
