package site_test

import (
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// inspectorFollows shows what happens at once; what is open stays open, and
// nothing is lost by a break.
func inspectorFollows(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.seeAll()
	p := d.openAs(t, b, desktop, platformtest.Developer, inspectorPage+"?open=8")
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	event := api.InspectorDetail{}
	event.Kind, event.Verdict, event.Title = api.InspectedEvent, api.VerdictAccepted, "order.updated"
	d.See(event)
	p.Until(`document.querySelectorAll('[data-testid=entry]').length === 9`)
	if !browsertest.Eval[bool](p, `document.querySelector('[data-testid=entry-open]') !== null && document.querySelector('[data-testid=entry]').classList.contains('fresh')`) {
		t.Error("the new entry is not marked, or the open one was closed")
	}
	d.HangUp()
	d.See(event)
	p.Until(`document.querySelectorAll('[data-testid=entry]').length === 10`)
}

// bridgeIsInspected opens an app as a developer: what passes between it and the
// dashboard is reported, without the token.
func bridgeIsInspected(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.serveApp(demoApp)
	d.Install("restock", 22)
	p := d.openAs(t, b, desktop, platformtest.Developer, "/22/apps/e/restock")
	p.Until(`document.querySelector('[data-testid=frame-state]').dataset.state === 'ready'`)
	p.Until(`performance.getEntriesByType('resource').some((e) => e.name.endsWith('/developer/inspector/bridge') && e.responseEnd > 0)`)
	reported := d.Bridged()
	if len(reported) < 2 || reported[0].Direction != api.BridgeFromApp || reported[0].Type != "app-bridge:ready" || reported[0].Verdict != api.VerdictAccepted {
		t.Fatalf("reported %+v", reported)
	}
	for _, m := range reported {
		if m.Type == "selorax:session-token" && (m.Direction != api.BridgeToApp || !strings.HasSuffix(m.Data, `…"}`)) {
			t.Errorf("the token is %+v", m)
		}
	}
}
