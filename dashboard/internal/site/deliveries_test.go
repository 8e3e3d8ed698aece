package site_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const deliveries = webhookList + "/deliveries/"

func TestDeliveryPage(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	a := d.see(deliveries + "4")
	if diff := cmp.Diff([]string{"Attempt 3", "Attempt 2", "Attempt 1"}, a.Texts(hook("attempt")+" .strong")); diff != "" {
		t.Errorf("attempts (-want +got):\n%s", diff)
	}
	body := a.One(hook("delivery-body")).Text()
	if !strings.HasPrefix(body, `{"event_id":"`) || !strings.Contains(body, `"<b>Nusrat</b>","total":1460.00`) {
		t.Errorf("the body is %q", body)
	}
	if back := a.One(".back"); back.Attr("href") != webhookList+"/4" || back.Text() != "Order cancelled" {
		t.Errorf("back leads to %s %q", back.Attr("href"), back.Text())
	}
	d.post("/22/settings/apps/restock/uninstall", nil)
	if back := d.see(deliveries + "4").One(".back"); back.Attr("href") != webhookList {
		t.Errorf("back leads to %s, to a subscription that is gone", back.Attr("href"))
	}
}

// Send again stays in the list where it was pressed, or leads to the new
// delivery, and never anywhere else.
func TestDeliveryIsSentAgain(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	lists := []string{"/22/settings/apps/restock", webhookList + "/3"}
	for _, list := range lists {
		a := d.see(list)
		form := a.One(`form[action="` + deliveries + `3/resend"]`)
		if back := form.One(`input[name="back"]`).Attr("value"); back != list {
			t.Errorf("%s: back is %q", list, back)
		}
	}
	for n, test := range []struct{ back, want string }{
		{lists[0], lists[0]}, {lists[1], lists[1]}, {"", deliveries + "9"}, {"https://evil.example/", deliveries + "10"}, {"//evil.example/22/settings/", deliveries + "11"},
	} {
		a := d.post(deliveries+"3/resend", url.Values{"back": {test.back}})
		if a.StatusCode != http.StatusSeeOther || a.where() != test.want {
			t.Errorf("%d: %s to %s", n, a.Status, a.where())
		}
	}
	if text := d.see(deliveries + "9").One(".facts").Text(); !strings.Contains(text, "Repeats delivery 3") {
		t.Errorf("the new one says %q", text)
	}
	d.post(webhookList+"/3/pause", nil)
	d.post(deliveries+"3/resend", nil)
	if text := d.flash(deliveries + "3"); text != "Nothing was sent again: the webhook is not active. Resume it first." {
		t.Errorf("the flash says %q", text)
	}
	if pending := d.see(deliveries + "1"); pending.Count(hook("delivery-resend")) != 0 {
		t.Error("what is under way can be sent again")
	}
}

// webhookIsTested adds a webhook, sends a test to a receiver that takes its
// time, and reads the answer without a reload.
func webhookIsTested(t *testing.T, b browsertest.Browser) {
	d := start(t)
	asked, answer := make(chan string, 9), make(chan struct{})
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Header.Get(api.HeaderWebhookEvent)
		<-answer
		w.Header().Set("X-Receiver", "accounts")
		_, _ = w.Write([]byte("thanks"))
	}))
	t.Cleanup(receiver.Close)
	p := d.open(t, b, phone, webhookList)
	p.Click(hook("webhook-add"))
	p.Click(hook("webhook-url"))
	p.Press(receiver.URL + "/hooks")
	p.Click(hook("webhook-topic", "topic", api.TopicOrderCreated))
	p.Click(hook("webhook-submit"))
	p.See(hook("webhook-secret-1"))
	p.Click(hook("custom-saved"))
	p.Click(hook("webhook-row") + " a")
	p.Click(hook("webhook-test"))
	p.See(hook("webhook-delivery", "status", api.DeliveryPending))
	p.Click(hook("webhook-delivery") + " summary")
	browsertest.Eval[any](p, `(() => { window.stayed = true; })()`)
	if topic := <-asked; topic != api.TopicOrderCreated {
		t.Errorf("the receiver was told of %s", topic)
	}
	close(answer)
	p.See(hook("webhook-delivery", "status", api.DeliveryDelivered) + "[open]")
	if text := p.Text(hook("webhook-delivery")); !strings.Contains(text, "200") || !strings.Contains(text, "thanks") {
		t.Errorf("the delivery says %q", text)
	}
	if !browsertest.Eval[bool](p, `window.stayed === true`) {
		t.Error("the page was loaded again")
	}
	p.Click(hook("delivery-open"))
	p.Click("#answer-headers-1 summary")
	p.Until(`document.querySelector('#answer-headers-1').innerText.includes('X-Receiver: accounts')`)
	p.Click(hook("delivery-resend"))
	p.See(hook("delivery", "status", api.DeliveryDelivered))
	p.See(hook("flash"))
	if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(phone.Width) {
		t.Errorf("the delivery is %d wide", wide)
	}
}
