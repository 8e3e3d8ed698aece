package webhook_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/webhook"
	"github.com/selorax/sandbox/platform/platformtest"
)

// Developers and the control API get the same explanation; merchants, and
// whoever may not open the store, get none.
func TestOnlyDevelopersHaveSignaturesExplained(t *testing.T) {
	t.Parallel()
	j := start(t)
	j.subscribe(api.TopicProductUpdated)
	j.rename("Orchid")
	got := <-j.got
	j.Advance(0)
	developer := platformtest.User(j.Login(platformtest.Developer))
	list := platformtest.Data[[]api.Delivery](j.Do(http.MethodGet, "/api/apps/webhooks/deliveries?store_id=22&topic=product.updated", developer, nil))
	seconds, err := strconv.ParseInt(got.header.Get(api.HeaderWebhookTimestamp), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	// The client secret is known from the credentials file.
	in := api.ExplainRequest{Signature: webhook.Signature(j.Apps["restock"].ClientSecret, seconds, []byte(got.body))}
	one := path("/deliveries", list[0].DeliveryID, "explain")
	for _, out := range []api.SignatureExplanation{
		platformtest.Data[api.SignatureExplanation](j.Do(http.MethodPost, "/api/apps/webhooks"+one, developer, in)),
		platformtest.Control[api.SignatureExplanation](j.Platform, http.MethodPost, "/_sandbox"+one, in),
	} {
		if v := out.Verdict; v.Verdict != api.VerdictMistake || len(v.Mistakes) != 1 || v.Mistakes[0].Code != "secret_client" || !strings.HasSuffix(out.Signatures[0].Signed, got.body) {
			t.Errorf("got %+v", out)
		}
	}
	j.refused(http.StatusForbidden, api.CodeForbidden, "role developer", http.MethodPost, "/api/apps/webhooks"+one, j.merchant, in)
	j.refused(http.StatusForbidden, api.CodeForbidden, "role developer", http.MethodPost, "/api/apps/webhooks"+one, j.other, in)
	j.refused(http.StatusNotFound, api.CodeNotFound, "No delivery", http.MethodPost, "/api/apps/webhooks/deliveries/9999/explain", developer, in)
	j.refused(http.StatusUnauthorized, api.CodeMissingToken, "", http.MethodPost, "/api/apps/webhooks"+one, nil, in)
}
