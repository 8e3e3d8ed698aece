package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

var (
	florist = api.StoreRef{StoreID: 22, Name: "FloristBD", Domain: "floristbd.com"}
	gadgets = api.StoreRef{StoreID: 23, Name: "Dhaka Gadget House", Domain: "dhakagadgethouse.com"}
	nakshi  = api.StoreRef{StoreID: 24, Name: "Nakshi Crafts", Domain: "nakshicrafts.com"}
)

var accounts = map[string]api.Account{
	Merchant:  {UserID: 1, Name: "Farzana Rahman", Email: Merchant, Roles: []string{api.RoleMerchant}, Stores: []api.StoreRef{florist, gadgets}},
	Nakshi:    {UserID: 2, Name: "Sabina Yasmin", Email: Nakshi, Roles: []string{api.RoleMerchant}, Stores: []api.StoreRef{nakshi}},
	Developer: {UserID: 3, Name: "Tanvir Ahmed", Email: Developer, Roles: []string{api.RoleMerchant, api.RoleDeveloper}, Stores: []api.StoreRef{florist, gadgets, nakshi}},
}

func (p *Platform) signIn(email string) string {
	token := fmt.Sprintf("session.%d.%d", accounts[email].UserID, len(p.sessions)+1)
	p.sessions[token] = email
	return token
}

func (p *Platform) login(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var in api.LoginRequest
	_ = json.NewDecoder(r.Body).Decode(&in)
	account, ok := accounts[in.Email]
	if !ok || in.Password != Password {
		writeError(w, refuse(http.StatusUnauthorized, api.CodeInvalidCredentials, "Wrong email or password."))
		return
	}
	expires := api.Time{Time: time.Now().Add(90 * 24 * time.Hour).UTC()}
	answer(w, "Signed in.", api.Login{Token: p.signIn(in.Email), ExpiresAt: expires, Account: account})
}

func (p *Platform) logout(c call) (any, error) {
	delete(p.sessions, c.Header.Get(api.HeaderAuthToken))
	return struct{}{}, nil
}
