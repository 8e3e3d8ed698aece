package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// bench is a router whose authenticators believe the X-As header, with its
// log.
type bench struct {
	*Router
	log bytes.Buffer
}

// callers are those whom the bench knows by their X-As header.
var callers = map[string]Caller{
	"user": {Name: "Merchant", UserID: 1, Stores: []int64{22, 23}},
	// What an authenticator found in the headers.
	"user-on-23": {Name: "Merchant", UserID: 1, Stores: []int64{22, 23}, StoreID: 23},
	"user-on-99": {Name: "Merchant", UserID: 1, Stores: []int64{22, 23}, StoreID: 99},
	"app":        {Name: "App", AppID: 5, InstallationID: 7, StoreID: 22, Scopes: api.ScopeSet{api.WriteOrders}},
	"control":    {Name: "Operator"},
}

func newBench() *bench {
	b := &bench{}
	b.Router = NewRouter(slog.New(slog.NewTextHandler(&b.log, nil)))
	as := func(name string) Authenticator {
		return func(r *http.Request) (Caller, error) {
			who := r.Header.Get("X-As")
			if kind, _, _ := strings.Cut(who, "-"); kind != name {
				return Caller{}, problem.Unauthorized(api.CodeMissingToken, "Who are you?")
			}
			return callers[who], nil
		}
	}
	b.App, b.User, b.Control = as("app"), as("user"), as("control")
	return b
}

// ask sends one request: "POST /path", optionally with "Name: value" headers.
// A body is sent as JSON unless a header says otherwise.
func (b *bench) ask(line, body string, headers ...string) *httptest.ResponseRecorder {
	method, target, _ := strings.Cut(line, " ")
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	b.Handler().ServeHTTP(w, r)
	return w
}

// refusal reads the error an answer carries and checks that it agrees with
// the status line and the request id header.
func refusal(t *testing.T, w *httptest.ResponseRecorder) api.Error {
	t.Helper()
	var e api.Error
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
		t.Fatalf("%d %q is no error body: %v", w.Code, w.Body, err)
	}
	if e.Status != w.Code || e.RequestID == "" || e.RequestID != w.Header().Get(api.HeaderRequestID) || e.Message == "" {
		t.Errorf("status %d, headers %v do not agree with %+v", w.Code, w.Header(), e)
	}
	return e
}

// nothing is a handler that answers with an empty envelope.
func nothing(w http.ResponseWriter, _ *http.Request) error { return OK(w, "Done.", struct{}{}) }
