package restock

import (
	"encoding/json"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The report counts what was sold in 30 days and not cancelled, and names are
// harmless in a spreadsheet.
func TestReport(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.buy(22)
	h.platform.decide(1, "active")
	h.standing(22, "")
	a := h.request(http.MethodGet, "/api/report", 22)
	var got struct {
		Rows []reportRow
		CSV  string
	}
	if err := json.Unmarshal([]byte(a.body), &got); a.status != http.StatusOK || err != nil {
		t.Fatalf("%d %s, %v", a.status, a.body, err)
	}
	want := []reportRow{
		{lowVariant{2202, 2221, "=Lily", "Default", "S-2221", 0, 5, 0}, 40, 45},
		{lowVariant{2201, 2212, "Rose", "White", "S-2212", 2, 5, 0}, 4, 7},
	}
	if diff := cmp.Diff(want, got.Rows, cmp.AllowUnexported(reportRow{})); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	const file = "Product,Variant,SKU,In stock,Sold in 30 days,Order\n'=Lily,Default,S-2221,0,40,45\nRose,White,S-2212,2,4,7\n"
	if diff := cmp.Diff(file, got.CSV); diff != "" {
		t.Errorf("file (-want +got):\n%s", diff)
	}
}

// An order is asked for once, and again when it has changed.
func TestReportAsksOnce(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.buy(22)
	h.tell("e1", "charge.activated", h.platform.decide(1, "active"))
	var asked atomic.Int32
	var broken atomic.Bool
	broken.Store(true)
	h.through(func(r *http.Request) (*http.Response, error) {
		if broken.Load() && strings.HasSuffix(r.URL.Path, "/orders/2203") {
			for h.count("sale") == 0 { // the other order has been read
				runtime.Gosched()
			}
			return nil, errors.New("the platform restarts")
		}
		if strings.Contains(r.URL.Path, "/orders/") {
			asked.Add(1)
		}
		return http.DefaultTransport.RoundTrip(r)
	})
	h.reports(http.StatusBadGateway)
	broken.Store(false)
	asked.Store(0)
	first := h.reports(http.StatusOK)
	if again := h.reports(http.StatusOK); again != first || asked.Load() != 1 {
		t.Errorf("%d orders were asked for, want the one that failed\n%s\n%s", asked.Load(), first, again)
	}
	if _, err := h.app.DB.ExecContext(t.Context(), `UPDATE sale SET updated_ms = updated_ms - 1, pieces = '{}' WHERE order_id = 2203`); err != nil {
		t.Fatal(err)
	}
	if changed := h.reports(http.StatusOK); changed != first || asked.Load() != 2 {
		t.Errorf("%d orders were asked for, want the changed one too\n%s", asked.Load(), changed)
	}
	h.send("gone", "app.uninstalled", 22, h.tick())
	if left := h.count("sale"); left != 0 {
		t.Errorf("%d sales are left", left)
	}
}

// count says how many rows a table has.
func (h *harness) count(table string) (rows int) {
	if err := h.app.DB.QueryRowContext(h.Context(), `SELECT COUNT(*) FROM `+table).Scan(&rows); err != nil {
		h.Error(err)
	}
	return rows
}

// reports reads the report of store 22.
func (h *harness) reports(status int) string {
	h.Helper()
	a := h.request(http.MethodGet, "/api/report", 22)
	if a.status != status {
		h.Fatalf("%d %s, want %d", a.status, a.body, status)
	}
	return a.body
}
