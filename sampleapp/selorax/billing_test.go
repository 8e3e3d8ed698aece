package selorax

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const chargeAnswer = `{"message":"ok","data":{"charge_id":5,"store_id":22,"installation_id":2,"name":"Reorder report",
	"amount":150.00,"currency":"BDT","status":"pending","confirmation_url":"/22/settings/apps/billing/5","metadata":null},"status":201}`

func TestCreateChargeRepeatsOnlyWithKey(t *testing.T) {
	t.Parallel()
	for key, calls := range map[string]int{"store-22-1": 2, "": 1} {
		t.Run("key "+key, func(t *testing.T) {
			t.Parallel()
			var bodies []string
			f := newFixture(t, func(w http.ResponseWriter, r *http.Request, call int) {
				body, _ := io.ReadAll(r.Body)
				bodies = append(bodies, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization")+" "+string(body))
				if call == 1 {
					reply(w, 503, `{}`)
					return
				}
				reply(w, 201, chargeAnswer)
			})
			charge, err := f.CreateCharge(t.Context(), "token", NewCharge{Name: "Reorder report", Amount: 150_00, IdempotencyKey: key})
			if f.calls != calls {
				t.Fatalf("%d calls, want %d", f.calls, calls)
			}
			if key == "" {
				if err == nil {
					t.Fatal("no error")
				}
				return
			}
			want := `POST /api/apps/v1/billing/charges Bearer token {"name":"Reorder report","amount":150.00,"idempotency_key":"store-22-1"}`
			if diff := cmp.Diff([]string{want, want}, bodies); diff != "" {
				t.Error(diff)
			}
			if err != nil || charge.ChargeID != 5 || charge.Amount != 150_00 || charge.ConfirmationURL != "/22/settings/apps/billing/5" || charge.Paid() {
				t.Errorf("%+v, %v", charge, err)
			}
		})
	}
}

func TestReadCharges(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		switch r.URL.Path {
		case "/api/apps/v1/billing/active":
			reply(w, 200, `{"data":[{"charge_id":5,"status":"active"},{"charge_id":6,"status":"completed"}]}`)
		case "/api/apps/v1/billing/charges/5":
			reply(w, 200, chargeAnswer)
		default:
			reply(w, 404, `{"message":"There is no such charge.","code":"not_found"}`)
		}
	})
	if charge, err := f.Charge(t.Context(), "token", 5); err != nil || charge.Status != ChargePending {
		t.Errorf("%+v, %v", charge, err)
	}
	active, err := f.ActiveCharges(t.Context(), "token")
	if err != nil || len(active) != 2 || !active[0].Paid() || !active[1].Paid() {
		t.Errorf("%+v, %v", active, err)
	}
	var refused *Error
	if _, err := f.Charge(t.Context(), "token", 9); !errors.As(err, &refused) || refused.Code != "not_found" {
		t.Errorf("another store's charge: %v", err)
	}
}

func TestMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Money{
		`150`: 150_00, `150.5`: 150_50, `"150.00"`: 150_00, `-0.05`: -5, `50000.00`: 50_000_00, `0.29`: 29,
	} {
		var got Money
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{`1.005`, `1e3`, `""`, `"+1"`, `"."`, `"--1"`, `true`, `99999999999999999999`} {
		var got Money
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s was read as %s", text, got)
		}
	}
	for m, want := range map[Money]string{0: "0.00", -5: "-0.05", 150_00: "150.00"} {
		if text, err := json.Marshal(m); err != nil || string(text) != want {
			t.Errorf("%d: %s, %v, want %s", int64(m), text, err, want)
		}
	}
}
