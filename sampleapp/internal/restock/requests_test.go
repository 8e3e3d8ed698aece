package restock

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// answerTo is what the app said.
type answerTo struct {
	status int
	header http.Header
	body   string
}

func (h *harness) do(req *http.Request) answerTo {
	h.Helper()
	resp, err := h.browser.Do(req)
	if err != nil {
		h.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		h.Fatal(err)
	}
	return answerTo{resp.StatusCode, resp.Header, string(body)}
}

func (h *harness) get(path string, header ...string) answerTo {
	h.Helper()
	req, err := http.NewRequestWithContext(h.Context(), http.MethodGet, h.url+path, nil)
	if err != nil {
		h.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return h.do(req)
}

// install goes through the callback as the marketplace has a browser do it.
func (h *harness) install(storeID int64) {
	h.Helper()
	a := h.get("/oauth/callback?" + url.Values{"code": {h.platform.grant(storeID)}, "state": {"the-dashboard's"}}.Encode())
	if a.status != http.StatusSeeOther {
		h.Fatalf("install of store %d: %d %s", storeID, a.status, a.body)
	}
}

// session is a session token for a store.
func (h *harness) session(storeID int64) string {
	h.Helper()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"aud": clientID, "sub": strconv.FormatInt(storeID, 10), "sid": strconv.FormatInt(storeID+1000, 10),
		"app_id": 1, "user_id": 7, "iat": h.clock().Unix(), "nbf": h.clock().Unix(), "exp": h.clock().Add(10 * time.Minute).Unix(),
	}).SignedString([]byte(signingKey))
	if err != nil {
		h.Fatal(err)
	}
	return token
}

// overview is GET /api/overview as the merchant of a store.
func (h *harness) overview(storeID int64) answerTo {
	h.Helper()
	return h.get("/api/overview", "X-Session-Token", h.session(storeID))
}

// events are the ids of the events that a store's page shows.
func (h *harness) events(storeID int64) (ids []string) {
	h.Helper()
	a := h.get("/api/events", "X-Session-Token", h.session(storeID))
	var list struct {
		Events []struct {
			EventID string `json:"event_id"`
		} `json:"events"`
	}
	if a.status != http.StatusOK && a.status != http.StatusConflict {
		h.Fatalf("events of store %d: %d %s", storeID, a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &list); err != nil {
		h.Fatal(err)
	}
	for _, e := range list.Events {
		ids = append(ids, e.EventID)
	}
	return ids
}

// webhook delivers an event that happened at an instant.
func (h *harness) webhook(id, topic string, storeID int64, at time.Time) answerTo {
	h.Helper()
	body := fmt.Sprintf(`{"event_id":%q,"event_topic":%q,"store_id":%d,"timestamp":%q,"data":{"order_id":5,"order_number":"1042","status":"shipped"}}`,
		id, topic, storeID, at.Format("2006-01-02T15:04:05.000Z"))
	return h.deliver(topic, body, h.clock(), webhookSecret)
}

// deliver posts a body signed with a secret.
func (h *harness) deliver(topic, body string, signed time.Time, secret string) answerTo {
	h.Helper()
	req, err := http.NewRequestWithContext(h.Context(), http.MethodPost, h.url+"/webhooks/receive", strings.NewReader(body))
	if err != nil {
		h.Fatal(err)
	}
	timestamp := strconv.FormatInt(signed.Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-SeloraX-Webhook-Event", topic)
	req.Header.Set("X-SeloraX-Timestamp", timestamp)
	req.Header.Set("X-SeloraX-Signature", "sha256="+hexMAC(secret, timestamp+"."+body))
	return h.do(req)
}

// frameQuery is the query that the dashboard opens the frame of a store with.
func (h *harness) frameQuery(storeID int64) string { return h.returnQuery("", storeID) }

// returnQuery is the same after the payment of a charge.
func (h *harness) returnQuery(chargeID string, storeID int64) string {
	host := base64.RawURLEncoding.EncodeToString([]byte(dashboard))
	stamp := strconv.FormatInt(h.clock().Unix(), 10)
	signed := fmt.Sprintf("host=%s&store_id=%d&timestamp=%s", host, storeID, stamp)
	if chargeID != "" {
		signed = fmt.Sprintf("charge_id=%s&host=%s&payment=success&store_id=%d&timestamp=%s", chargeID, host, storeID, stamp)
	}
	return signed + "&hmac=" + hexMAC(signingKey, signed)
}

func hexMAC(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}
