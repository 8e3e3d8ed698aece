package site_test

import (
	"net/url"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// developerShots are the instruments.
var developerShots = []shot{
	{"signature", "/22/settings/webhooks/deliveries/4", "document.querySelector('#signed-0').open = true; document.querySelector('#signature').scrollIntoView()"},
	{"faults", "/22/developer/faults", ""}, {"faults-refused", "/22/developer/faults", "fault-refused"},
	{"tour", "/22/developer/tour", ""}, {"inspector", "/22/developer/inspector", ""}, {"inspector-open", "/22/developer/inspector?open=8", ""}, {"inspector-delivery", "/22/developer/inspector?kind=webhook&open=7", ""},
	{"clock", "/22/orders", "document.querySelector('[data-testid=clock]').click()"}, {"clock-moved", "/22/orders", "moved"}, {"clock-move", "/22/developer/clock/1", ""},
	{"signature-mistake", "/22/settings/webhooks/deliveries/4", "explain"},
}

// sendComputed sends a signature with two mistakes in it.
func (d *dashboard) sendComputed(tab *browsertest.Tab) {
	tab.Helper()
	browsertest.Eval[any](tab, `(() => { document.querySelector('[data-testid=explain-signature]').value = 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='; document.querySelector('[data-testid=explain-form]').requestSubmit(); })()`)
	tab.Until(`!!document.querySelector('[data-testid=verdict]')`)
}

// makeFaults sets rules of both kinds, one of them used up.
func (d *dashboard) makeFaults() {
	d.as(platformtest.Developer)
	for _, form := range []url.Values{
		{"effect": {"webhook:wrong_signature"}, "app": {"restock"}, "topic": {api.TopicOrderCreated}, "when": {"first"}, "count": {"3"}},
		{"effect": {"api:429"}, "route": {"GET /api/apps/v1/orders/{order_id}"}, "store": {"22"}, "when": {"every"}, "count": {"2"}, "retry_after": {"2"}},
		{"effect": {"webhook:delay"}, "when": {"all"}, "delay": {"5000"}},
	} {
		d.post("/22/developer/faults", form)
	}
	d.seeAll()
	d.TakeStep(api.TourInstall)
	d.TakeStep(api.TourDelivery)
	d.HitFault(1, 3, 3)
	d.HitFault(2, 1205, 602)
}

// sendFault sends a rule that is wrong in two places.
func (d *dashboard) sendFault(tab *browsertest.Tab) {
	tab.Helper()
	browsertest.Eval[any](tab, `(() => { const f = document.querySelector('[data-testid=fault-form]'); f.effect.value = 'api:slow'; f.route.value = 'GET /api/apps/v1/order'; f.when.value = 'first'; f.delay.value = '99999'; f.count.value = '2'; f.requestSubmit(); })()`)
	tab.Until(`!!document.querySelector('[data-testid=fault-refused]')`)
}
