package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func TestEveryAnswerHasItsOwnRequestID(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/ok", nothing)
	b.Public(http.MethodGet, "/empty", func(http.ResponseWriter, *http.Request) error { return nil })
	b.Public(http.MethodGet, "/panic", func(http.ResponseWriter, *http.Request) error { panic("secret") })
	b.ForUser(http.MethodGet, "/user", nothing)
	seen := map[string]bool{}
	for _, line := range []string{"GET /ok", "GET /empty", "GET /panic", "GET /none", "POST /ok", "GET /user", "OPTIONS /api/apps/v1/x", "GET /ok"} {
		w := b.ask(line, "", api.HeaderRequestID+": req_0000000000000000")
		got := w.Header().Get(api.HeaderRequestID)
		if !regexp.MustCompile(`^req_[0-9a-f]{16}$`).MatchString(got) || got == "req_0000000000000000" || seen[got] {
			t.Errorf("%s: %q, answered %d", line, got, w.Code)
		}
		if !strings.Contains(b.log.String(), "request_id="+got) {
			t.Errorf("%s: the log does not know %s", line, got)
		}
		seen[got] = true
	}
}

func TestInternalTextStaysInTheLog(t *testing.T) {
	t.Parallel()
	caused := problem.New(http.StatusServiceUnavailable, api.CodeTryAgain, "Try again.")
	caused.Cause = errors.New("secret")
	for name, h := range map[string]Handler{
		"error":   func(http.ResponseWriter, *http.Request) error { return errors.New("secret") },
		"wrapped": func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("secret: %w", io.EOF) },
		"cause":   func(http.ResponseWriter, *http.Request) error { return caused },
		"panic":   func(http.ResponseWriter, *http.Request) error { panic("secret") },
		"library": func(http.ResponseWriter, *http.Request) error { return errors.New(strings.Repeat("secret", -1)) },
		"unjson":  func(w http.ResponseWriter, _ *http.Request) error { return OK(w, "secret", func() {}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench()
			b.Public(http.MethodGet, "/x", h)
			w := b.ask("GET /x", "")
			e := refusal(t, w)
			if w.Code < 500 || e.Code != api.CodeInternal && e.Code != api.CodeTryAgain {
				t.Errorf("got %+v", e)
			}
			if strings.Contains(w.Body.String()+fmt.Sprint(w.Header()), "secret") {
				t.Errorf("leaked: %s", w.Body)
			}
			if !strings.Contains(b.log.String(), e.RequestID) || strings.Count(b.log.String(), "level=INFO") != 1 {
				t.Errorf("log:\n%s", &b.log)
			}
		})
	}
}

func TestErrorBody(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/x", func(http.ResponseWriter, *http.Request) error {
		p := problem.Invalid("limit", "must be <a> number")
		p.RetryAfter = 1
		return fmt.Errorf("reading: %w", p)
	})
	w := b.ask("GET /x", "")
	want := `{"message":"The request is not valid: limit must be <a> number.","code":"validation_error","status":400,"errors":[{"field":"limit","message":"must be <a> number"}],"request_id":"` +
		w.Header().Get(api.HeaderRequestID) + "\"}\n"
	if w.Body.String() != want || w.Header().Get("Retry-After") != "1" || w.Header().Get("Content-Type") != "application/json; charset=utf-8" ||
		w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%v\n got %s\nwant %s", w.Header(), w.Body, want)
	}
}

func TestBegunAnswerIsBrokenOff(t *testing.T) {
	t.Parallel()
	begin := func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"data":`) }
	for name, h := range map[string]Handler{
		"panic": func(w http.ResponseWriter, _ *http.Request) error { begin(w); panic("boom") },
		"error": func(w http.ResponseWriter, _ *http.Request) error { begin(w); return errors.New("boom") },
		"abort": func(http.ResponseWriter, *http.Request) error { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench()
			b.Public(http.MethodGet, "/x", h)
			server := httptest.NewServer(b.Handler())
			defer server.Close()
			res, err := server.Client().Get(server.URL + "/x")
			if err != nil {
				return // broken before the head
			}
			defer res.Body.Close()
			if body, err := io.ReadAll(res.Body); err == nil {
				t.Errorf("%d %q came through as a whole answer", res.StatusCode, body)
			}
		})
	}
}

func TestBrowserAppsReachOnlyTheAppAPI(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.ForApp(http.MethodGet, "/api/apps/v1/orders", api.ReadOrders, nothing)
	b.ForUser(http.MethodGet, "/api/stores/{store_id}/orders", nothing)
	for line, open := range map[string]bool{
		"GET /api/apps/v1/orders":       true,
		"GET /api/apps/v1/none":         true,
		"OPTIONS /api/apps/v1/orders":   true,
		"GET /api/stores/22/orders":     false,
		"OPTIONS /api/stores/22/orders": false,
		"OPTIONS /api/auth/login":       false,
		"GET /api/apps/marketplace":     false,
		"GET /api/apps/v10/orders":      false,
		"GET /api/apps%2Fv1/orders":     false,
	} {
		w := b.ask(line, "", "Origin: https://evil.example", "X-As: app")
		if got := w.Header().Get("Access-Control-Allow-Origin"); (got == "*") != open || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %v", line, w.Header())
		}
		if strings.HasPrefix(line, "OPTIONS") && (w.Code == http.StatusNoContent) != open {
			t.Errorf("%s: answered %d", line, w.Code)
		}
	}
	preflight := b.ask("OPTIONS /api/apps/v1/orders", "").Header().Get("Access-Control-Allow-Headers")
	if strings.Contains(preflight, api.HeaderClientSecret) || strings.Contains(preflight, api.HeaderAuthToken) {
		t.Errorf("a page may send %s", preflight)
	}
}

func TestConnectionCanBeTakenOver(t *testing.T) {
	t.Parallel()
	b := newBench()
	b.Public(http.MethodGet, "/raw", func(w http.ResponseWriter, _ *http.Request) error {
		conn, _, err := w.(http.Hijacker).Hijack() // as the WebSocket library does
		if err != nil {
			return err
		}
		defer conn.Close()
		_, err = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
		return err
	})
	server := httptest.NewServer(b.Handler())
	res, err := server.Client().Get(server.URL + "/raw")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err != nil || string(body) != "hello" {
		t.Errorf("%q, %v", body, err)
	}
	server.Close()
	if w := b.ask("GET /raw", ""); refusal(t, w).Code != api.CodeInternal { // httptest's recorder has no connection
		t.Errorf("answered %d", w.Code)
	}
}
