package restock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// platform is as much of SeloraX as the app uses. Tokens are plain text,
// "at-22-1": the store, then how many were issued before.
type platform struct {
	*httptest.Server

	mu        sync.Mutex
	issued    int
	live      map[string]int64  // access token → store
	refresh   map[string]int64  // refresh token → store
	codes     map[string]int64  // authorization code → store
	exchanged map[string]string // the last body of a code exchange
	refreshes int
	clock     time.Time

	billing billing
	wallet  wallet
	carrier carrier
	fields  map[string]json.RawMessage // metafields, by path
	counted map[int64]int64            // pieces of a variant, where a test has counted others
	deploys []string                   // bodies
	deploy  func() (int, any)          // answers a deploy
}

func newPlatform(t *testing.T) *platform {
	t.Helper()
	p := &platform{live: map[string]int64{}, refresh: map[string]int64{}, codes: map[string]int64{}, clock: noon,
		fields: map[string]json.RawMessage{}, counted: map[int64]int64{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/apps/oauth/token", p.token)
	mux.HandleFunc("GET /api/apps/v1/store", p.forStore(func(storeID int64) any {
		return map[string]any{"store_id": storeID, "name": fmt.Sprintf("Store %d", storeID), "currency": "BDT", "email": "owner@shop.example"}
	}))
	p.sell(mux)
	p.keepWallet(mux)
	p.carry(mux)
	p.keepFields(mux)
	p.stock(mux)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// grant makes an authorization code for a store.
func (p *platform) grant(storeID int64) (code string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	code = fmt.Sprintf("code-%d-%d", storeID, len(p.codes))
	p.codes[code] = storeID
	return code
}

// expire ends every access token, so that only a refresh helps.
func (p *platform) expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.live)
}

// revoke ends everything a store gave.
func (p *platform) revoke() {
	p.expire()
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.refresh)
}

func (p *platform) token(w http.ResponseWriter, r *http.Request) {
	var body map[string]string
	if json.NewDecoder(r.Body).Decode(&body) != nil || body["client_id"] != clientID || body["client_secret"] != clientSecret {
		refuseOAuth(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var storeID int64
	switch body["grant_type"] {
	case "authorization_code":
		p.exchanged = body
		storeID = p.codes[body["code"]]
		delete(p.codes, body["code"])
	case "refresh_token":
		p.refreshes++
		storeID = p.refresh[body["refresh_token"]]
		delete(p.refresh, body["refresh_token"]) // used twice: refused
	}
	if storeID == 0 {
		refuseOAuth(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	p.issue(w, storeID)
}

// issue answers with a new pair of tokens.
func (p *platform) issue(w http.ResponseWriter, storeID int64) {
	p.issued++
	access, refresh := fmt.Sprintf("at-%d-%d", storeID, p.issued), fmt.Sprintf("rt-%d-%d", storeID, p.issued)
	p.live[access], p.refresh[refresh] = storeID, storeID
	reply(w, http.StatusOK, map[string]any{"status": 200, "data": map[string]any{
		"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 86400,
		"expires_at": p.clock.Add(24 * time.Hour), "scopes": []string{"read:orders", "read:store"},
		"store_id": storeID, "installation_id": storeID + 1000, "app_id": 1,
	}})
}

// forStore answers for the store of the access token.
func (p *platform) forStore(data func(storeID int64) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		storeID, ok := p.storeOf(w, r)
		if !ok {
			return
		}
		reply(w, http.StatusOK, map[string]any{
			"data": data(storeID), "status": 200, "pagination": map[string]int{"page": 1, "limit": 50, "total": 1, "total_pages": 1},
		})
	}
}

// storeOf is the store of the access token; without one it refuses.
func (p *platform) storeOf(w http.ResponseWriter, r *http.Request) (storeID int64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if storeID = p.live[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]; storeID == 0 {
		refuse(w, http.StatusUnauthorized, "invalid_token")
	}
	return storeID, storeID != 0
}

func refuse(w http.ResponseWriter, status int, code string) {
	reply(w, status, map[string]any{"message": "Refused.", "code": code, "status": status})
}

func refuseOAuth(w http.ResponseWriter, status int, code string) {
	reply(w, status, map[string]any{"error": code, "error_description": "Refused.", "message": "Refused.", "code": code, "status": status})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the test's own client is gone: it says so itself
}
