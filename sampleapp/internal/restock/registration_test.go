package restock

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// What the app asks to be registered with is what it asks merchants for, and
// its addresses are ones that it serves.
func TestRegistration(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../selorax.app.json")
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		AppURL            string   `json:"app_url"`
		RedirectURLs      []string `json:"redirect_urls"`
		WebhookReceiveURL string   `json:"webhook_receive_url"`
		RequestedScopes   []string `json:"requested_scopes"`
		WebhookTopics     []string `json:"webhook_topics"`
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.RequestedScopes, Scopes) {
		t.Errorf("it registers %v and asks for %v", r.RequestedScopes, Scopes)
	}
	base, served := strings.CutSuffix(r.AppURL, "/app")
	if !served || r.WebhookReceiveURL != base+"/webhooks/receive" || !slices.Equal(r.RedirectURLs, []string{base + "/oauth/callback"}) {
		t.Errorf("these are not the app's addresses: %+v", r)
	}
	if !slices.Contains(r.WebhookTopics, "app.uninstalled") {
		t.Error("it would not hear of its own end")
	}
}
