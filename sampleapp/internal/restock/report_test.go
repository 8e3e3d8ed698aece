package restock

import (
	"encoding/json"
	"net/http"
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
		{lowVariant{2221, "=Lily", "Default", "S-2221", 0}, 40, 45},
		{lowVariant{2212, "Rose", "White", "S-2212", 2}, 4, 7},
	}
	if diff := cmp.Diff(want, got.Rows, cmp.AllowUnexported(reportRow{})); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	const file = "Product,Variant,SKU,In stock,Sold in 30 days,Order\n'=Lily,Default,S-2221,0,40,45\nRose,White,S-2212,2,4,7\n"
	if diff := cmp.Diff(file, got.CSV); diff != "" {
		t.Errorf("file (-want +got):\n%s", diff)
	}
}
