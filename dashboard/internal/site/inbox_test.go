package site_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// fillInbox sends one of everything.
func (d *dashboard) fillInbox() {
	text := func(s string) *string { return &s }
	count := func(n int) *int { return &n }
	for _, m := range []api.Message{
		{StoreID: 22, Channel: api.ChannelPush, To: "customer-301", Subject: text("Back in stock"), Message: "Premium Rose Bouquet is here again.", Status: api.MessageQueued},
		{StoreID: 22, Channel: api.ChannelEmail, To: "nadia@example.com", Subject: text("<b>Tuberose Garland</b> is back"), Message: "FloristBD: Tuberose Garland is back in stock.\nYou asked us to tell you.", Status: api.MessageSent},
		{StoreID: 22, Channel: api.ChannelSMS, To: "+8801712340000", Message: "FloristBD: Orchid in a Pot is back in stock.", Segments: count(1), Status: api.MessageFailed, Error: text("The subscriber is unknown.")},
		{StoreID: 22, Channel: api.ChannelSMS, To: "+8801712345678", Message: "FloristBD: Premium Rose Bouquet is back in stock. You asked us to tell you.", Segments: count(1), Status: api.MessageDelivered},
		{StoreID: 23, Channel: api.ChannelSMS, To: "+8801812345678", Message: "Another store's.", Segments: count(1), Status: api.MessageDelivered},
	} {
		d.Message("restock", m)
	}
}

func TestInbox(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	const inbox = "/22/developer/messages"
	if n := d.see(inbox).Count(hook("messages-empty")); n != 1 {
		t.Error("an empty inbox does not say so")
	}
	d.fillInbox()
	a := d.see(inbox)
	want := []string{
		"FloristBD: Premium Rose Bouquet is back in stock. You asked us to tell you.", "FloristBD: Orchid in a Pot is back in stock.",
		"FloristBD: Tuberose Garland is back in stock. You asked us to tell you.", "Premium Rose Bouquet is here again.",
	}
	if diff := cmp.Diff(want, a.Texts(".inbox-text")); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if got := a.Texts(".inbox-body .strong"); len(got) != 2 || got[0] != "<b>Tuberose Garland</b> is back" {
		t.Errorf("subjects %q", got)
	}
	if got := a.One(".inbox-error").Text(); got != "The subscriber is unknown." {
		t.Errorf("the failure is %q", got)
	}
	for path, n := range map[string]int{
		"?channel=sms": 2, "?channel=sms&status=failed": 1, "?channel=push": 1, "?channel=pigeon": 4, "?status=nonsense": 4, "?channel=push&status=failed": 0,
	} {
		if got := d.see(inbox + path).Count(hook("message")); got != n {
			t.Errorf("%s shows %d messages, want %d", path, got, n)
		}
	}
	d.as(platformtest.Merchant)
	if a := d.get(inbox); a.StatusCode != http.StatusNotFound {
		t.Errorf("a merchant gets %d", a.StatusCode)
	}
}
