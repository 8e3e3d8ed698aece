package site_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const tourPage = "/22/developer/tour"

func TestTourLeadsToWhatIsNext(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	d.TakeStep(api.TourInstall)
	d.TakeStep(api.TourDelivery)
	a := d.see(tourPage)
	if diff := cmp.Diff(api.TourSteps, a.Attrs(hook("tour-step"), "data-step")); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	if text := a.One(hook("tour-done")).Text(); text != "2 of 10 done" {
		t.Errorf("it says %q", text)
	}
	if next := a.One(hook("tour-step") + `[aria-current="step"]`).Attr("data-step"); next != api.TourOrder {
		t.Errorf("next is %s", next)
	}
	if n := a.Count(hook("tour-step") + ` a`); n != 8 {
		t.Errorf("%d steps lead somewhere", n)
	}
	for _, to := range a.Attrs(hook("tour-step")+" a", "href") {
		d.see(to)
	}
	for _, step := range api.TourSteps {
		d.TakeStep(step)
	}
	if a := d.see(tourPage); a.Count(hook("tour-over")) != 1 || a.Count(hook("tour-step")+`[aria-current="step"]`) != 0 {
		t.Error("at the end the page does not say so")
	}
}

// tourTicks sees a step ticked off while the page is open.
func tourTicks(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.openAs(t, b, desktop, platformtest.Developer, tourPage)
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	d.TakeStep(api.TourInstall)
	p.Until(`document.querySelector('[data-step=install]').dataset.done === 'true' && document.querySelector('[data-step=order]').hasAttribute('data-next')`)
}
