package earnings

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/web"
)

// page returns a page of an app's statement, newest first, each entry with the
// balance after it, and how many entries there are.
func page(tx *db.Tx, appID int64, p web.Page) (list []api.StatementEntry, total int, err error) {
	if total, err = countEntries(tx, appID); err != nil {
		return nil, 0, err
	}
	balance, err := ledger.DeveloperBalance(tx, appID)
	if err != nil {
		return nil, 0, err
	}
	newer, err := sumOfNewest(tx, appID, p.Offset())
	if err != nil {
		return nil, 0, err
	}
	list, err = newest(tx, appID, p.Limit, p.Offset())
	balance -= newer
	for n := range list {
		list[n].BalanceAfter = balance
		balance -= list[n].Amount
	}
	return list, total, err
}

// columns head the CSV export.
var columns = []string{
	"entry_id", "created_at", "kind", "store_id", "charge_id", "charge_type", "name", "paid", "commission", "gateway_fee", "amount", "balance_after", "currency",
}

// export writes an app's whole statement as CSV, oldest entry first.
func export(w io.Writer, entries []api.StatementEntry) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	var balance api.Money
	for _, e := range entries {
		balance += e.Amount
		err := out.Write([]string{
			strconv.FormatInt(e.EntryID, 10), e.CreatedAt.Format(api.TimeLayout), e.Kind, strconv.FormatInt(e.StoreID, 10),
			strconv.FormatInt(e.ChargeID, 10), e.ChargeType, harmless(e.Name), e.Paid.String(), e.Commission.String(), e.GatewayFee.String(),
			e.Amount.String(), balance.String(), api.CurrencyBDT,
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a spreadsheet from taking text that an app has chosen for a
// formula.
func harmless(text string) string {
	if strings.IndexAny(text, "=+-@＝＋－＠\t\r\n") == 0 { // the wide ones count in East Asian locales
		return "'" + text
	}
	return text
}
