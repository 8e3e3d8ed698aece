package site_test

import (
	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// developerShots are the instruments.
var developerShots = []shot{
	{"signature", "/22/settings/webhooks/deliveries/4", "document.querySelector('#signed-0').open = true; document.querySelector('#signature').scrollIntoView()"},
	{"signature-mistake", "/22/settings/webhooks/deliveries/4", "explain"},
}

// sendComputed sends a signature with two mistakes in it.
func (d *dashboard) sendComputed(tab *browsertest.Tab) {
	tab.Helper()
	browsertest.Eval[any](tab, `(() => { document.querySelector('[data-testid=explain-signature]').value = 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='; document.querySelector('[data-testid=explain-form]').requestSubmit(); })()`)
	tab.Until(`!!document.querySelector('[data-testid=verdict]')`)
}
