package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// developerPages are the places that only developers have, or that show them
// more, and the navigation item that is current there.
var developerPages = map[string]string{
	"": "nav-home", "/developer/clock/1": "", "/developer/faults": "nav-faults", "/developer/inspector": "nav-inspector", "/developer/tour": "nav-tour", "/developer/inspector?open=1": "nav-inspector", "/developer/messages": "nav-messages", "/settings/webhooks/deliveries/4": "nav-settings", "/settings/webhooks/deliveries/1": "nav-settings",
	"/developer/apps": "nav-portal", "/developer/apps/new": "nav-portal", "/developer/apps/1": "nav-portal", "/developer/apps/1/edit": "nav-portal", "/developer/apps/1/credentials": "nav-portal",
	"/developer/apps/4": "nav-portal", "/developer/review": "nav-portal", "/developer/review/1": "nav-portal", "/developer/review/4": "nav-portal",
}

func TestDevelopersPagesHaveTheirFrame(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.everyPage()
	d.RegisterApp("Notes", api.ReviewRejected)
	d.move("advance", "/22", url.Values{"by": {"1d"}})
	for path, current := range developerPages {
		a := d.see("/22" + path)
		if got := a.Attrs(`.nav [aria-current="page"]`, "data-testid"); strings.Join(got, " ") != current {
			t.Errorf("%s: %v is current, want %s", path, got, current)
		}
		if n := a.Count("h1"); n != 1 {
			t.Errorf("%s has %d headings", path, n)
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", path, complaint)
		}
	}
}

// What is for developers does not exist for merchants.
func TestMerchantsHaveNoInstruments(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.everyPage()
	for _, path := range []string{"/developer/messages", "/developer/earnings", "/developer/clock/1", "/developer/faults", "/developer/inspector", "/developer/tour", "/developer/apps", "/developer/apps/1", "/developer/review"} {
		if a := d.get("/22" + path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}
