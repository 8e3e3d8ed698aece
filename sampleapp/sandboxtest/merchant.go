package sandboxtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// Message is what an app has sent to somebody. Nothing leaves the sandbox.
type Message struct {
	MessageID int64  `json:"message_id"`
	Channel   string `json:"channel"` // sms | email | push
	To        string `json:"to"`
	Subject   string `json:"subject"`
	Message   string `json:"message"`
	Status    string `json:"status"` // queued | sent | delivered | failed
}

// Pay agrees to a charge and pays it, as the store's merchant would in the
// dashboard.
func (s *Sandbox) Pay(storeID, chargeID int64) {
	s.t.Helper()
	charge := fmt.Sprintf("/apps/billing/charges/%d", chargeID)
	s.call(s.merchant(storeID), http.MethodPost, charge+"/approve", nil, nil)
	s.call(s.merchant(storeID), http.MethodPost, charge+"/pay", map[string]string{"outcome": "pay"}, nil)
}

// Messages are those that the apps of a store have sent, newest first.
func (s *Sandbox) Messages(storeID int64) (list []Message) {
	s.t.Helper()
	s.call(s.merchant(storeID), http.MethodGet, fmt.Sprintf("/stores/%d/messages", storeID), nil, &list)
	return list
}

// Count says how many pieces of a variant a store has. Somebody else than the
// app under test counts: the sandbox's own app my-app.
func (s *Sandbox) Count(storeID, productID, skuID, quantity int64) {
	s.t.Helper()
	s.Run(nil, "install", "my-app", "--store", strconv.FormatInt(storeID, 10))
	i := slices.IndexFunc(s.Apps, func(a App) bool { return a.Slug == "my-app" })
	if i < 0 {
		s.t.Fatal("the sandbox has no app my-app")
	}
	as := func(h http.Header) {
		h.Set("X-Client-Id", s.Apps[i].ClientID)
		h.Set("X-Client-Secret", s.Apps[i].ClientSecret)
		h.Set("X-Store-Id", strconv.FormatInt(storeID, 10))
	}
	s.call(as, http.MethodPut, fmt.Sprintf("/apps/v1/inventory/%d", productID), map[string]int64{"sku_id": skuID, "quantity": quantity}, nil)
}

// merchant signs somebody in who may do everything on a store.
func (s *Sandbox) merchant(storeID int64) func(http.Header) {
	s.t.Helper()
	i := slices.IndexFunc(s.Logins, func(l Login) bool { return slices.Contains(l.StoreIDs, storeID) })
	if i < 0 {
		s.t.Fatalf("nobody may sign in to store %d", storeID)
	}
	var session struct {
		Token string `json:"token"`
	}
	nobody := func(http.Header) {}
	s.call(nobody, http.MethodPost, "/auth/login", map[string]string{"email": s.Logins[i].Email, "password": s.Logins[i].Password}, &session)
	return func(h http.Header) { h.Set("x-auth-token", session.Token) }
}

// call calls the platform and reads the data of its answer, unless out is nil.
func (s *Sandbox) call(as func(http.Header), method, path string, body, out any) {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	if body == nil {
		text = nil
	}
	req, err := http.NewRequest(method, s.APIURL+path, bytes.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	as(req.Header)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer := struct {
		Message string
		Data    any
	}{Data: out}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || resp.StatusCode/100 != 2 {
		s.t.Fatalf("%s %s: %s: %s %v", method, path, resp.Status, answer.Message, err)
	}
}
