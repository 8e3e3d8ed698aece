package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/selorax/sandbox/platform/api"
)

// fakeControl adds the control API to a server, and writes down what it was
// sent.
func fakeControl(mux *http.ServeMux) http.Handler {
	var turn sync.Mutex // requests take turns; those that stream do not keep it
	fakeApps(mux)
	fakeData(mux)
	fakeEvents(mux, &fakeFeed{})
	fakeClock(mux, &fakeTime{turn: &turn})
	fakeFaults(mux)
	return recorded(mux, &turn)
}

func fakeApps(mux *http.ServeMux) {
	record := api.App{
		AppID: 3, Name: "Order Notes", Slug: "order-notes", ClientID: api.PrefixClientID + strings.Repeat("a", 32), ReviewStatus: "approved",
		IsListed: true, AppURL: "http://localhost:3000/app", RedirectURLs: []string{"http://localhost:3000/cb"}, RequestedScopes: api.ScopeSet{api.ReadOrders},
	}
	mux.HandleFunc("POST /_sandbox/apps", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = os.WriteFile("platform.body", body, 0o600)
		}
		if err != nil {
			panic(err)
		}
		if strings.Contains(string(body), "read:order\"") {
			answer(w, http.StatusBadRequest, "The request is not valid: requested_scopes[0] is no scope; did you mean read:orders?", nil)
			return
		}
		made := record
		if strings.Contains(string(body), `"draft":true`) {
			made.IsListed, made.ReviewStatus, made.Slug = false, "draft", "a-draft"
		}
		answer(w, http.StatusCreated, "App registered.", api.SandboxRegistered{App: made, AppSecrets: api.AppSecrets{
			ClientSecret: api.PrefixClientSecret + strings.Repeat("b", 64), SessionSigningKey: strings.Repeat("c", 64),
			WebhookSigningSecret: api.PrefixWebhookSecret + strings.Repeat("d", 64),
		}})
	})
	mux.HandleFunc("GET /_sandbox/apps", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "Apps fetched.", []api.App{record})
	})
	mux.HandleFunc("GET /_sandbox/apps/{slug}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("slug") != record.Slug {
			answer(w, http.StatusNotFound, "There is no app.", nil)
			return
		}
		answer(w, http.StatusOK, "App fetched.", record)
	})
	mux.HandleFunc("POST /_sandbox/apps/{slug}/rotate-secret", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "Rotated.", api.RotatedSecret{ClientID: record.ClientID, ClientSecret: api.PrefixClientSecret + strings.Repeat("e", 64)})
	})
}

// recorded writes every request for the control API down, a line each, and
// refuses those without its key.
func recorded(next http.Handler, turn *sync.Mutex) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, ours := strings.CutPrefix(r.RequestURI, "/_sandbox")
		if !ours {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		turn.Lock()
		note(strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Method, path, body)))
		if len(r.Header.Get(api.HeaderControlKey)) != 64 {
			turn.Unlock()
			answer(w, http.StatusUnauthorized, "The control key is missing.", nil)
			return
		}
		if strings.HasPrefix(path, "/live") || strings.HasSuffix(path, "/progress") {
			turn.Unlock()
		} else {
			defer turn.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}

func note(line string) {
	f, err := os.OpenFile("platform.requests", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	if _, err := f.WriteString(line + "\n"); err != nil {
		panic(err)
	}
}

// read decodes the body of a request as strictly as the control API.
func read[T any](r *http.Request) (in T) {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		panic(err)
	}
	return in
}

func answer(w http.ResponseWriter, status int, message string, data any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(api.Envelope[any]{Message: message, Data: data, Status: status})
}
