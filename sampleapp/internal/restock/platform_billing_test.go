package restock

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// billing is the charges of the platform.
type billing struct {
	charges []charge
	down    bool
	before  func() // runs before a charge is made, without the lock
}

// charge is a charge with the key it was made with. Its number is its place in
// the list, from 1.
type charge struct {
	StoreID  int64           `json:"store_id"`
	ChargeID int64           `json:"charge_id"`
	Name     string          `json:"name"`
	Amount   json.Number     `json:"amount"`
	Status   string          `json:"status"`
	URL      string          `json:"confirmation_url"`
	Return   string          `json:"return_url"`
	Metadata json.RawMessage `json:"metadata"`
	Key      string          `json:"idempotency_key"`
	Payments int64           `json:"payments_made"`
}

// sell serves charges and takes deployed extensions.
func (p *platform) sell(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/apps/v1/billing/charges", p.createCharge)
	mux.HandleFunc("POST /api/apps/v1/billing/subscriptions", p.createCharge)
	mux.HandleFunc("POST /api/apps/v1/billing/wallet-topup", p.createCharge)
	mux.HandleFunc("GET /api/apps/v1/billing/charges/{id}", p.forBilling(func(w http.ResponseWriter, r *http.Request, storeID int64) {
		for _, c := range p.billing.charges {
			if strconv.FormatInt(c.ChargeID, 10) == r.PathValue("id") && c.StoreID == storeID {
				reply(w, http.StatusOK, map[string]any{"data": c})
				return
			}
		}
		refuse(w, http.StatusNotFound, "not_found")
	}))
	mux.HandleFunc("GET /api/apps/v1/billing/active", p.forBilling(func(w http.ResponseWriter, _ *http.Request, storeID int64) {
		active := []charge{}
		for _, c := range p.billing.charges {
			if c.StoreID == storeID && c.Status == "active" {
				active = append(active, c)
			}
		}
		reply(w, http.StatusOK, map[string]any{"data": active})
	}))
	mux.HandleFunc("POST /api/apps/extensions/app/deploy", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.deploys = append(p.deploys, string(body))
		status, answer := p.deploy()
		reply(w, status, answer)
	})
}

// forBilling calls h while billing answers.
func (p *platform) forBilling(h func(w http.ResponseWriter, r *http.Request, storeID int64)) http.HandlerFunc {
	return p.locked(func(w http.ResponseWriter, r *http.Request, storeID int64) {
		if p.billing.down {
			refuse(w, http.StatusServiceUnavailable, "unavailable")
			return
		}
		h(w, r, storeID)
	})
}

// locked calls h with the lock held, for the store of the access token.
func (p *platform) locked(h func(w http.ResponseWriter, r *http.Request, storeID int64)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		storeID, ok := p.storeOf(w, r)
		if !ok {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		h(w, r, storeID)
	}
}

func (p *platform) createCharge(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	before := p.billing.before
	p.mu.Unlock()
	if before != nil {
		before()
	}
	p.forBilling(func(w http.ResponseWriter, r *http.Request, storeID int64) {
		in := charge{StoreID: storeID, ChargeID: int64(len(p.billing.charges) + 1), Status: "pending"}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Key == "" {
			refuse(w, http.StatusBadRequest, "validation_failed")
			return
		}
		for _, c := range p.billing.charges {
			switch {
			case c.StoreID != storeID || c.Key != in.Key:
				continue
			case c.Return != in.Return:
				refuse(w, http.StatusConflict, "conflict")
			default:
				reply(w, http.StatusOK, map[string]any{"data": c})
			}
			return
		}
		in.URL = fmt.Sprintf("/%d/settings/apps/billing/%d", storeID, in.ChargeID)
		p.billing.charges = append(p.billing.charges, in)
		reply(w, http.StatusCreated, map[string]any{"data": in})
	})(w, r)
}

// billingIs changes what the platform knows.
func (p *platform) billingIs(change func(*billing)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.billing)
}

// decide moves a charge to a status.
func (p *platform) decide(chargeID int64, status string) charge {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.billing.charges[chargeID-1].Status = status
	return p.billing.charges[chargeID-1]
}

// charged are the charges made so far.
func (p *platform) charged() []charge {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]charge{}, p.billing.charges...)
}
