package restock

import (
	"encoding/json"
	"net/http"
	"strings"
)

// wallet is what the platform keeps of money paid in advance, for all stores.
type wallet struct {
	balance  float64
	debits   []debit
	reversed []int64
}

type debit struct {
	Amount      float64 `json:"amount"`
	Description string  `json:"description"`
	Key         string  `json:"idempotency_key"`
}

// carrier is what the platform was given to send.
type carrier struct {
	sent   []sentMessage
	refuse func(sentMessage) (status int, code string) // nil: nothing
	before func()                                      // runs before a message is taken, without the lock
}

type sentMessage struct {
	Channel  string
	To       string          `json:"to"`
	Subject  string          `json:"subject"`
	Message  string          `json:"message"`
	Metadata json.RawMessage `json:"metadata"`
	Key      string
}

// keepWallet serves the wallet. A debit is known by its key, and its number is
// its place in the list, from 1.
func (p *platform) keepWallet(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/apps/v1/billing/wallet", p.forBilling(func(w http.ResponseWriter, _ *http.Request, _ int64) {
		reply(w, http.StatusOK, map[string]any{"data": map[string]any{"wallet_id": 1, "balance": p.wallet.balance}})
	}))
	mux.HandleFunc("POST /api/apps/v1/billing/wallet/debit", p.forBilling(func(w http.ResponseWriter, r *http.Request, _ int64) {
		var in debit
		if json.NewDecoder(r.Body).Decode(&in) != nil || in.Key == "" || in.Amount <= 0 {
			refuse(w, http.StatusBadRequest, "validation_error")
			return
		}
		at := len(p.wallet.debits) + 1
		for n, d := range p.wallet.debits {
			if d.Key == in.Key {
				at = n + 1
			}
		}
		if at > len(p.wallet.debits) {
			if p.wallet.balance < in.Amount {
				reply(w, http.StatusPaymentRequired, map[string]any{
					"message": "Too little.", "code": "insufficient_balance", "balance": p.wallet.balance, "required": in.Amount,
				})
				return
			}
			p.wallet.balance -= in.Amount
			p.wallet.debits = append(p.wallet.debits, in)
		}
		reply(w, http.StatusCreated, map[string]any{"data": map[string]any{"transaction_id": at, "type": "deduction", "amount": in.Amount}})
	}))
	mux.HandleFunc("POST /api/apps/v1/billing/wallet/refund", p.forBilling(func(w http.ResponseWriter, r *http.Request, _ int64) {
		var in struct {
			TransactionID int64 `json:"transaction_id"`
		}
		_ = json.NewDecoder(r.Body).Decode(&in) // 0 is refused below
		for _, id := range p.wallet.reversed {
			if id == in.TransactionID {
				refuse(w, http.StatusConflict, "conflict")
				return
			}
		}
		if in.TransactionID < 1 || in.TransactionID > int64(len(p.wallet.debits)) {
			refuse(w, http.StatusNotFound, "not_found")
			return
		}
		p.wallet.reversed = append(p.wallet.reversed, in.TransactionID)
		p.wallet.balance += p.wallet.debits[in.TransactionID-1].Amount
		reply(w, http.StatusCreated, map[string]any{"data": map[string]any{"transaction_id": 1000 + in.TransactionID, "type": "refund"}})
	}))
}

// carry takes messages, each key once.
func (p *platform) carry(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/apps/v1/messaging/{channel}", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := p.storeOf(w, r); !ok {
			return
		}
		p.mu.Lock()
		before := p.carrier.before
		p.mu.Unlock()
		if before != nil {
			before()
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		in := sentMessage{Channel: r.PathValue("channel"), Key: r.Header.Get("Idempotency-Key")}
		if json.NewDecoder(r.Body).Decode(&in) != nil || in.To == "" || in.Key == "" {
			refuse(w, http.StatusBadRequest, "validation_error")
			return
		}
		if p.carrier.refuse != nil {
			if status, code := p.carrier.refuse(in); status != 0 {
				refuse(w, status, code)
				return
			}
		}
		at := len(p.carrier.sent)
		for n, s := range p.carrier.sent {
			if s.Key == in.Key {
				at = n
			}
		}
		if at == len(p.carrier.sent) {
			p.carrier.sent = append(p.carrier.sent, in)
		}
		reply(w, http.StatusAccepted, map[string]any{"data": map[string]any{"message_id": at + 1, "status": "queued"}})
	})
}

// keepFields keeps metafields, which have to be defined.
func (p *platform) keepFields(mux *http.ServeMux) {
	const base = "/api/apps/v1/metafields"
	defined := false
	mux.HandleFunc("POST "+base+"/definitions", p.locked(func(w http.ResponseWriter, _ *http.Request, _ int64) {
		if defined {
			refuse(w, http.StatusConflict, "conflict")
			return
		}
		defined = true
		reply(w, http.StatusCreated, map[string]any{"data": map[string]any{}})
	}))
	mux.HandleFunc("GET "+base, p.locked(func(w http.ResponseWriter, r *http.Request, _ int64) {
		list := []map[string]any{}
		prefix := r.URL.Query().Get("resource_type") + "/" + r.URL.Query().Get("resource_id") + "/"
		for path, value := range p.fields {
			if rest, ok := strings.CutPrefix(path, prefix); ok {
				namespace, key, _ := strings.Cut(rest, "/")
				list = append(list, map[string]any{"namespace": namespace, "key": key, "value": value})
			}
		}
		reply(w, http.StatusOK, map[string]any{"data": list})
	}))
	mux.HandleFunc("PUT "+base+"/{type}/{id}/{namespace}/{key}", p.locked(func(w http.ResponseWriter, r *http.Request, _ int64) {
		var in struct{ Value json.RawMessage }
		if json.NewDecoder(r.Body).Decode(&in) != nil || !defined {
			refuse(w, http.StatusBadRequest, "validation_error")
			return
		}
		p.fields[strings.TrimPrefix(r.URL.Path, base+"/")] = in.Value
		reply(w, http.StatusOK, map[string]any{"data": map[string]any{}})
	}))
}

// knows changes what the platform knows.
func (p *platform) knows(change func(*platform)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

// messages are those that the platform has taken.
func (p *platform) messages() []sentMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]sentMessage{}, p.carrier.sent...)
}
