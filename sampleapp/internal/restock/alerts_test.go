package restock

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The merchant is told when something begins to run low, by the number that
// counts for it.
func TestRunsLow(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(10)
	h.counted(9, 5) // five are enough
	h.counted(5, 4)
	h.counted(4, 3) // known already
	h.work()
	h.expect("low  sent")
	sent := h.platform.messages()
	if len(sent) != 1 || sent[0].To != "owner@shop.example" || sent[0].Subject != "=Lily runs low" || sent[0].Channel != "email" {
		t.Errorf("sent %+v", sent)
	}
	set := func(path, body string, status int) {
		t.Helper()
		if a := h.request(http.MethodPut, "/api/settings"+path, 22, body); a.status != status {
			t.Errorf("%s %s: %d %s", path, body, a.status, a.body)
		}
	}
	set("/products/2202", `{"threshold":2}`, http.StatusOK)
	h.counted(9, 2)
	h.counted(9, 1)
	h.work()
	h.expect("low  sent", "low  sent")
	set("", `{"threshold":5,"tell_merchant":false}`, http.StatusOK)
	h.counted(9, 1)
	h.work()
	h.expect("low  sent", "low  sent")
	for _, body := range []string{`{"threshold":-1,"tell_merchant":true}`, `{"threshold":100001,"tell_merchant":true}`, `{"threshold":1.5,"tell_merchant":true}`, `{}`, `x`} {
		set("", body, http.StatusBadRequest)
	}
	set("/products/0", `{"threshold":1}`, http.StatusBadRequest)
	set("/products/2202", `{"threshold":-1}`, http.StatusBadRequest)
	want := settings{Threshold: 5, Products: map[int64]int64{lilyIs: 2}}
	if diff := cmp.Diff(want, h.alerts().Settings); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	set("/products/2202", `{"threshold":null}`, http.StatusOK)
	if n := len(h.alerts().Settings.Products); n != 0 {
		t.Errorf("%d products differ", n)
	}
}

// What a merchant has set is there again after a reinstall; nothing else is.
func TestSettingsOutliveAnUninstall(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(10)
	h.waitFor(someone)
	h.request(http.MethodPut, "/api/settings", 22, `{"threshold":7,"tell_merchant":false}`)
	h.send("gone", "app.uninstalled", 22, h.tick())
	for _, of := range perInstallation {
		if n := h.count(of.table); n != 0 {
			t.Errorf("%d rows of %s are left", n, of.table)
		}
	}
	h.tick()
	h.install(22)
	if got := h.alerts(); got.Settings.Threshold != 7 || got.Settings.TellMerchant || len(got.Messages) != 0 {
		t.Errorf("%+v", got)
	}
}

// A subscription whose payment failed sends nothing until it is paid, and one
// that was cancelled may be bought again. Events come in any order.
func TestPlan(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(10)
	c := h.platform.charged()[0]
	is := func(status string) {
		t.Helper()
		if v := h.shop(22, "").Plan; v.Status != status {
			t.Errorf("the plan is %s, want %s", v.Status, status)
		}
	}
	is(paid)
	step := func(n int, topic, status string, payments int64) {
		c.Status, c.Payments = status, payments
		h.platform.knows(func(p *platform) { p.billing.charges[0] = c })
		h.tell(fmt.Sprint("p", n), topic, c)
	}
	step(1, "charge.payment_failed", "frozen", 0)
	is(frozen)
	h.waitFor(someone)
	h.counted(0, 1)
	h.work()
	h.expect("back 01712345678 held plan")
	if a := h.request(http.MethodPost, "/api/shop/plan", 22); a.status != http.StatusOK || len(h.platform.charged()) != 1 {
		t.Errorf("it is sold twice: %d %s", a.status, a.body)
	}
	step(2, "charge.activated", "active", 1)
	h.work()
	h.expect("back 01712345678 sent")
	late := c
	late.Status, late.Payments = "frozen", 0
	h.tell("late", "charge.payment_failed", late)
	is(paid)
	step(3, "charge.cancelled", "cancelled", 1)
	is("cancelled")
	late.Status = "active"
	h.tell("later", "charge.activated", late)
	is("cancelled")
	h.request(http.MethodPost, "/api/shop/plan", 22)
	is(pending)
	if a := h.request(http.MethodPost, "/api/shop/boat", 22); a.status != http.StatusNotFound {
		t.Errorf("a boat: %d %s", a.status, a.body)
	}
}

// A webhook that never came is made up for within a day.
func TestPlanEndedUnheard(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(10)
	h.request(http.MethodPost, "/api/shop/report", 22)
	h.tell("report", "charge.activated", h.platform.decide(2, "active"))
	h.platform.decide(1, "cancelled")
	if v := h.shop(22, "").Plan; v.Status != paid {
		t.Errorf("%+v", v)
	}
	h.pass(believed + 1)
	if v := h.shop(22, "").Plan; v.Status != "cancelled" {
		t.Errorf("%+v", v)
	}
}

func TestCustomersData(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(10)
	h.waitFor(someone)
	h.waitFor("nadia@example.com")
	h.work()
	ask := func(topic string, id int, phone, email string) {
		h.tellOf(topic, map[string]any{"store_id": 22, "customer": map[string]any{"id": id, "phone": phone, "email": email}})
	}
	ask("customers/data_request", 5, "+8801712345678", "nobody@example.com")
	ask("customers/data_request", 6, "", "")
	v := h.alerts()
	if len(v.Disclosures) != 2 || v.Disclosures[0].CustomerID != 5 {
		t.Fatalf("%+v", v.Disclosures)
	}
	want := fmt.Sprintf(`[{"recipient":"01712345678","channel":"sms","product":"=Lily","status":"waiting","since":%q}]`, h.created())
	if got := string(v.Disclosures[0].Content); got != want || string(v.Disclosures[1].Content) != "[]" {
		t.Errorf("got %s and %s, want %s", got, v.Disclosures[1].Content, want)
	}
	h.request(http.MethodDelete, "/api/disclosures/"+v.Disclosures[1].EventID, 22)
	ask("customers/redact", 99, "01712345678", "")
	h.expect("back nadia@example.com waiting")
	if n := len(h.alerts().Disclosures); n != 0 {
		t.Errorf("%d answers are left", n)
	}
	ask("customers/data_request", 6, "", "Nadia@example.com")
	h.pass(keepDisclosure + time.Second)
	if n := len(h.alerts().Disclosures); n != 0 {
		t.Errorf("%d answers are kept too long", n)
	}
}

// A database of the app's first version is taken over.
func TestOlderDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "app.db")
	open := func(do string) error {
		db, err := OpenDatabase(t.Context(), path)
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.ExecContext(context.Background(), do)
		return err
	}
	db, err := openFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), steps[0]+`INSERT INTO purchase (store_id, attempt, generation, charge_id, status) VALUES (22, 1, 5, 7, 'paid')`)
	if err != nil || db.Close() != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := open(`UPDATE purchase SET told_ms = 1 WHERE product = 'reorder-report' AND charge_id = 7`); err != nil {
			t.Error(err)
		}
	}
	if err := open(`PRAGMA user_version = 99`); err != nil {
		t.Error(err)
	}
	if err := open(""); err == nil {
		t.Error("a database of a later version is written to")
	}
}

// created is when the first message was written, as JSON says it.
func (h *harness) created() string {
	h.Helper()
	var ms int64
	if err := h.app.DB.QueryRowContext(h.Context(), `SELECT MIN(created_ms) FROM message`).Scan(&ms); err != nil {
		h.Fatal(err)
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339Nano)
}

// What a merchant sets while the app asks for the settings of before is not
// overwritten by them.
func TestSetWhileAsking(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	var once sync.Once
	h.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/metafields") {
			set := false
			once.Do(func() { set = true })
			if set {
				h.request(http.MethodPut, "/api/settings", 22, `{"threshold":9,"tell_merchant":false}`)
			}
		}
		return resp, err
	})
	for range 2 {
		if s := h.alerts().Settings; s.Threshold != 9 || s.TellMerchant {
			t.Errorf("the settings are %+v", s)
		}
	}
}
