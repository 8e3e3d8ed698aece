package storetest

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Who calls.
const (
	Merchant    = "merchant"     // opens Florist and Gadgets
	Stranger    = "stranger"     // opens Crafts
	App         = "app"          // installed on Florist with every scope
	StrangerApp = "stranger app" // installed on Crafts with every scope
	BlindApp    = "blind app"    // installed on Florist without a scope
)

func callers() map[string]web.Caller {
	var all api.ScopeSet
	for _, info := range api.Scopes() {
		all = append(all, info.Scope)
	}
	return map[string]web.Caller{
		Merchant:    {Name: "Farhana Rahman", UserID: 1, Stores: []int64{Florist, Gadgets}},
		Stranger:    {Name: "Stranger", UserID: 2, Stores: []int64{Crafts}},
		App:         {Name: "Restock", AppID: 1, InstallationID: 1, StoreID: Florist, Scopes: all},
		StrangerApp: {Name: "Restock", AppID: 1, InstallationID: 2, StoreID: Crafts, Scopes: all},
		BlindApp:    {Name: "Blind", AppID: 2, InstallationID: 3, StoreID: Florist},
	}
}

// Caller returns one of the callers, as a use case gets it.
func Caller(name string) web.Caller { return callers()[name] }

// Server serves routes to the callers.
type Server struct {
	t testing.TB
	h http.Handler
}

const headerAs = "X-As"

// Serve serves what routes registers.
func Serve(t testing.TB, routes func(*web.Router)) *Server {
	t.Helper()
	r := web.NewRouter(slog.New(slog.NewTextHandler(t.Output(), nil)))
	known := callers()
	authenticate := func(r *http.Request) (web.Caller, error) {
		c, ok := known[r.Header.Get(headerAs)]
		if !ok {
			return c, problem.Unauthorized(api.CodeMissingToken, "Who are you?")
		}
		return c, nil
	}
	r.App, r.User = authenticate, authenticate
	routes(r)
	return &Server{t, r.Handler()}
}

// Answer is what a route answered.
type Answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

// Do makes a request as a caller; a body that is not nil is sent as JSON. The
// answer is held to the OpenAPI document.
func (s *Server) Do(as, method, target string, body any) Answer {
	s.t.Helper()
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			s.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, target, &text)
	r.Header.Set("Content-Type", "application/json")
	return s.Send(as, r)
}

// Send makes a request that a test has built as a caller.
func (s *Server) Send(as string, r *http.Request) Answer {
	s.t.Helper()
	r.Header.Set(headerAs, as)
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	openapitest.Check(s.t, openapitest.Answer{
		Method: r.Method, Path: r.URL.RequestURI(), Status: w.Code, ContentType: w.Header().Get("Content-Type"), Body: w.Body.Bytes(),
	})
	return Answer{w, s.t}
}

// Get makes a GET request as a caller.
func (s *Server) Get(as, target string) Answer {
	s.t.Helper()
	return s.Do(as, http.MethodGet, target, nil)
}

// Into reads the body of a 200, and fails the test on anything else.
func Into[T any](a Answer) (v T) {
	a.t.Helper()
	if a.Code != http.StatusOK {
		a.t.Fatalf("status %d: %s", a.Code, a.Body)
	}
	if err := json.Unmarshal(a.Body.Bytes(), &v); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	return v
}

// Data reads the data of an envelope.
func Data[T any](a Answer) T {
	a.t.Helper()
	return Into[api.Envelope[T]](a).Data
}

// Refusal reads the error of an answer with the status.
func (a Answer) Refusal(status int) (e api.Error) {
	a.t.Helper()
	if err := json.Unmarshal(a.Body.Bytes(), &e); err != nil || a.Code != status || e.Code == "" {
		a.t.Errorf("status %d, want %d: %s", a.Code, status, a.Body)
	}
	return e
}
