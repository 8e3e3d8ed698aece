package webhook

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/token/tokentest"
)

func (b *bench) hooks(url string) Hooks {
	return Hooks{AppID: b.app.AppID, InstallationID: b.installation, StoreID: apptest.StoreID, URL: url}
}

func (b *bench) install(url string) {
	b.t.Helper()
	b.write(func(tx *db.Tx) error { return b.TellInstalled(tx, b.hooks(url)) })
}

// alive reports whether an access token works.
func (b *bench) alive(accessToken string) bool { return tokentest.Works(b.t, b.DB, accessToken) }

func tokenHook(t *testing.T, one received) (h api.TokenHook) {
	t.Helper()
	if err := json.Unmarshal(one.body, &h); err != nil {
		t.Fatal(err)
	}
	return h
}

// hexHMAC is what the published app computes over JSON.stringify.
func hexHMAC(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

func TestHooksAreSignedAsTheAppVerifiesThem(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.install(r.URL + "/api/oauth/")
	first := <-r.arrived
	h := tokenHook(t, first)
	if h.StoreID != 22 || h.InstallationID != b.installation || !b.alive(h.AccessToken) {
		t.Errorf("got %s", first.body)
	}
	signed := fmt.Sprintf(`{"store_id":22,"installation_id":%d,"access_token":"%s"}`, b.installation, h.AccessToken)
	if want := strings.TrimSuffix(signed, "}") + `,"hmac":"` + hexHMAC(b.credentials.SessionSigningKey, signed) + `"}`; string(first.body) != want {
		t.Errorf("got  %s\nwant %s", first.body, want)
	}
	b.settle()
	b.write(func(tx *db.Tx) error { return b.TellUninstalled(tx, b.hooks(r.URL+"/api/oauth")) })
	second := <-r.arrived
	b.settle()
	want := `{"store_id":22,"action":"revoke","hmac":"` + hexHMAC(b.credentials.SessionSigningKey, `{"store_id":22,"action":"revoke"}`) + `"}`
	if string(second.body) != want {
		t.Errorf("got  %s\nwant %s", second.body, want)
	}
	if diff := cmp.Diff([]string{"/api/oauth/token", "/api/oauth/revoke"}, []string{first.path, second.path}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	list := b.deliveries()
	if list[0].EventTopic != api.HookToken || list[0].Status != api.DeliveryDelivered || list[1].EventTopic != api.HookRevoke || !list[1].Farewell {
		t.Errorf("got %+v", list)
	}
	if first.header.Get(api.HeaderDeliveryID) != list[0].Attempts[0].ID || first.header.Get(api.HeaderIdempotencyKey) != list[0].EventID ||
		first.header.Get("User-Agent") != api.WebhookUserAgent || first.header.Get(api.HeaderWebhookSignature) != "" {
		t.Errorf("headers %v", first.header)
	}
}

func TestEachAttemptOfATokenHookMintsAnew(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	statuses := make(chan int, 2)
	statuses <- http.StatusBadGateway
	statuses <- http.StatusOK
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(<-statuses) })
	b.install(r.URL)
	first := tokenHook(t, <-r.arrived).AccessToken
	b.settle()
	if b.alive(first) {
		t.Error("a token that the app refused is alive")
	}
	b.advance(time.Minute)
	second := tokenHook(t, <-r.arrived).AccessToken
	if first == second || b.alive(first) || !b.alive(second) {
		t.Errorf("first alive %v, second alive %v, same %v", b.alive(first), b.alive(second), first == second)
	}
	if d := b.only(); d.Status != api.DeliveryDelivered || d.AttemptCount != 2 {
		t.Errorf("got %+v", d)
	}
}

// An attempt whose process died is made again with a new token; the lost one
// ends.
func TestAnInterruptedTokenHookLeavesNoSecondToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.install(r.URL)
	job := Attempt{DeliveryID: b.only().DeliveryID, Number: 1}
	c, err := b.claim(t.Context(), job)
	if err != nil || c == nil {
		t.Fatalf("claimed %v, %v", c, err)
	}
	b.post(t.Context(), c)
	lost := tokenHook(t, <-r.arrived).AccessToken
	b.loseJobs()
	b.restart()
	kept := tokenHook(t, <-r.arrived).AccessToken
	b.settle()
	if b.alive(lost) || !b.alive(kept) {
		t.Errorf("lost alive %v, kept alive %v", b.alive(lost), b.alive(kept))
	}
}

func TestATokenIsNeitherKeptNorLogged(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var log bytes.Buffer
	b.Log = slog.New(slog.NewTextHandler(&log, nil))
	var r *receiver
	r = newReceiver(t, func(w http.ResponseWriter, _ *http.Request) { // the app repeats what it was told
		told := tokenHook(t, r.all()[0]).AccessToken
		w.Header().Set("X-Echo", told)
		_, _ = fmt.Fprintf(w, "got %s", told)
	})
	b.install(r.URL)
	job := Attempt{DeliveryID: b.only().DeliveryID, Number: 1}
	if err := b.attempt(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	text := tokenHook(t, <-r.arrived).AccessToken
	kept := dbtest.Value[[]byte](t, b.DB, `SELECT body FROM event`)
	answer := dbtest.Value[string](t, b.DB, `SELECT response_headers FROM delivery_attempt`) + b.only().Attempts[0].ResponseBody
	for name, where := range map[string]string{"log": log.String(), "stored body": string(kept), "answer": answer} {
		if where == "" || strings.Contains(where, text) {
			t.Errorf("%s: %s", name, where)
		}
	}
	if want := fmt.Sprintf(`{"store_id":22,"installation_id":%d,"access_token":"sx_at_masked","hmac":"sx_at_masked"}`, b.installation); string(kept) != want {
		t.Errorf("stored %s", kept)
	}
	if !strings.Contains(answer, "got sx_at_masked") {
		t.Errorf("kept %s", answer)
	}
}

func TestAnUninstallCancelsTheTokenHookThatWaits(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.install(r.URL)
	b.settle()
	b.write(func(tx *db.Tx) error {
		if _, err := tx.Exec(`UPDATE installation SET status = 'uninstalled'`); err != nil {
			return err
		}
		if err := b.bidTx(tx, api.TopicAppUninstalled, r.URL); err != nil {
			return err
		}
		if err := b.TellUninstalled(tx, b.hooks(r.URL)); err != nil {
			return err
		}
		_, cancelled, err := b.RemoveInstallation(tx, b.installation)
		if cancelled != 1 {
			t.Errorf("%d cancelled, want 1", cancelled)
		}
		return err
	})
	b.settle()
	if diff := cmp.Diff([]string{api.HookToken, api.TopicAppUninstalled, api.HookRevoke}, topics(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A reinstall overtakes nothing: its token comes after the farewells, and a
// revoke that failed before is not told again.
func TestAReinstallComesAfterItsFarewells(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.write(func(tx *db.Tx) error {
		if err := b.TellUninstalled(tx, b.hooks(r.URL)); err != nil {
			return err
		}
		return b.TellInstalled(tx, b.hooks(r.URL))
	})
	b.run()
	b.advance(time.Minute)
	if diff := cmp.Diff([]string{api.HookRevoke, api.HookToken, api.HookToken}, topics(r.all())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if list := b.deliveries(); list[0].Status != api.DeliveryCancelled || list[1].Status != api.DeliveryRetrying {
		t.Errorf("got %+v", list)
	}
}

func TestHooksReachNoPrivateAddress(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	b.install("http://10.0.0.1/oauth")
	b.settle()
	d := b.only()
	if d.Status != api.DeliveryRetrying || d.Attempts[0].Error == nil || !strings.Contains(*d.Attempts[0].Error, "--allow-webhook-hosts") {
		t.Errorf("got %+v", d)
	}
	if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM access_token WHERE revoked_ms IS NULL`); n != 0 {
		t.Errorf("%d tokens alive that nobody got", n)
	}
}

// A hook has a delivery, and nothing waits for a fan-out.
func TestAHookHasNoFanOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.install("http://app.localhost")
	var waiting []int64
	if err := b.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		waiting, err = event.Waiting(tx, 10)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(waiting) != 0 || len(b.deliveries()) != 1 {
		t.Errorf("%d wait for their fan-out, %d deliveries", len(waiting), len(b.deliveries()))
	}
}
