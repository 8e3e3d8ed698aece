package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// settingsShots are the privacy requests and webhooks of makeWebhooks.
var settingsShots = []shot{
	{"privacy", "/22/settings/privacy", ""}, {"privacy-found", "/22/settings/privacy?search=a", "document.querySelector('.person input').click()"},
	{"privacy-nobody", "/22/settings/privacy?search=nobody", ""},
	{"privacy-erase", "/22/settings/privacy?search=nusrat", "document.querySelector('.person input').click(); document.querySelector('[data-testid=privacy-erase]').click()"},
	{"privacy-shop", "/22/settings/privacy", "document.querySelector('[data-testid=privacy-shop]').click()"},
	{"store", "/22/settings/store", ""}, {"webhooks", "/22/settings/webhooks", ""}, {"webhook-new", "/22/settings/webhooks/new", ""},
	{"webhook-refused", "/22/settings/webhooks/new", "webhook-refused"},
	{"webhook", "/22/settings/webhooks/2", "document.querySelector('[data-testid=webhook-delivery]').open = true"}, {"webhook-own", "/22/settings/webhooks/13", ""},
	{"webhook-edit", "/22/settings/webhooks/13/edit", ""}, {"webhook-rotate", "/22/settings/webhooks/13", "document.querySelector('[data-testid=webhook-rotate]').click()"},
	{"webhook-delete", "/22/settings/webhooks/13", "document.querySelector('[data-testid=webhook-delete]').click()"},
	{"delivery", "/22/settings/webhooks/deliveries/4", ""}, {"delivery-own", "/22/settings/webhooks/deliveries/19", "document.querySelector('#request-headers-1').open = true"},
}

// makeSettings makes what the settings and the instruments of store 22 show.
func (d *dashboard) makeSettings() {
	d.makeCustomApps()
	d.makePortal()
	d.makeWebhooks()
	d.makeFaults()
}

// makeWebhooks makes webhooks of store 22 that a receiver answers, and asks
// its apps for everything that can be asked.
func (d *dashboard) makeWebhooks() {
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"received":true}`)) }))
	d.t.Cleanup(receiver.Close)
	own := d.AddWebhook(22, receiver.URL+"/hooks/selorax", api.TopicProductCreated)
	d.FailSubscription(d.AddWebhook(22, "https://accounts.floristbd.example/selorax/orders?region=dhaka&token=none", api.TopicInventoryUpdated), 1)
	d.PauseWebhook(d.AddWebhook(22, "https://accounts.floristbd.example/selorax/orders", api.TopicCustomerUpdated))
	d.as(platformtest.Merchant)
	d.post("/22/settings/webhooks/"+fmt.Sprint(own)+"/test", nil)
	for _, topic := range []string{api.TopicShopRedact, api.TopicCustomerRedact, api.TopicDataRequest} {
		form := url.Values{"topic": {topic}, "customer": {"22300"}}
		if topic == api.TopicShopRedact {
			form.Del("customer")
		}
		d.post("/22/settings/privacy", form)
	}
	d.FinishDeliveries()
}
