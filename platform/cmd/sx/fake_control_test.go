package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// fakeControl answers as the control API does, and writes down what it was
// sent.
func fakeControl(mux *http.ServeMux) {
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

func answer(w http.ResponseWriter, status int, message string, data any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(api.Envelope[any]{Message: message, Data: data, Status: status})
}
