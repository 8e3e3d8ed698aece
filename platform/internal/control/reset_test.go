package control_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// A reset of everything ends live connections and lets the sandbox begin
// anew; what was in line is sent to nobody.
func TestResetOfEverything(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusServiceUnavailable))
	p.Install("restock", 22)
	confirm(t, p)
	advance(p, api.ClockAdvance{By: "1m"})
	conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(p.URL, "http")+"/_sandbox/live",
		http.Header{api.HeaderControlKey: {p.ControlKey}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	status := platformtest.Control[api.SandboxStatus](p, http.MethodPost, "/_sandbox/reset", api.SandboxReset{})
	if status.Installations != 0 || status.Events != 0 || status.Deliveries != 0 || !status.BusinessTime.Equal(noon) {
		t.Errorf("got %+v", status)
	}
	if _, _, err := conn.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseServiceRestart) {
		t.Errorf("the connection ended with %v", err)
	}
	p.Install("restock", 22)
	if op := advance(p, api.ClockAdvance{By: "10d"}); op.Status != api.ClockDone {
		t.Errorf("got %+v", op)
	}
	refused(t, p, 404, http.MethodPost, "/_sandbox/reset", api.SandboxReset{StoreID: 99})
}

// A reset of one store leaves the app of another working.
func TestResetOfAStore(t *testing.T) {
	t.Parallel()
	p := frozen(t, answers(http.StatusOK))
	here, there := p.Install("my-app", 22), p.Install("my-app", 24)
	platformtest.Control[api.SandboxStatus](p, http.MethodPost, "/_sandbox/reset", api.SandboxReset{StoreID: 22})
	for token, want := range map[string]int{here.AccessToken: http.StatusUnauthorized, there.AccessToken: http.StatusOK} {
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(token), nil); a.Status != want {
			t.Errorf("%d, want %d", a.Status, want)
		}
	}
	p.Install("my-app", 22)
	confirm(t, p)
}

// Deliveries of another store that stand in line for a slow receiver while one
// is reset arrive all the same.
func TestResetOfAStoreLeavesTheLinesOfOthers(t *testing.T) {
	t.Parallel()
	const atOnce, customers = 10, 25
	let, arrived := make(chan struct{}), make(chan struct{}, customers)
	receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-let
	}))
	t.Cleanup(receiver.Close)
	letGo := sync.OnceFunc(func() { close(let) })
	t.Cleanup(letGo) // before the receiver closes
	p := frozen(t, answers(http.StatusOK))
	app := platformtest.Bearer(p.Install("my-app", 24).AccessToken)
	p.Do(http.MethodPost, "/api/apps/v1/webhooks", app, map[string]string{"topic": api.TopicCustomerCreated, "url": receiver.URL})
	for n := range customers {
		p.Do(http.MethodPost, "/api/apps/v1/customers", app, map[string]string{"name": "In line", "phone": fmt.Sprintf("0171%07d", n)})
	}
	for range atOnce {
		<-arrived
	}
	platformtest.Control[api.SandboxStatus](p, http.MethodPost, "/_sandbox/reset", api.SandboxReset{StoreID: 22})
	letGo()
	if op := advance(p, api.ClockAdvance{By: "1m"}); op.Status != api.ClockDone || len(arrived) != customers-atOnce {
		t.Errorf("%d arrived, %+v", len(arrived), op)
	}
}
