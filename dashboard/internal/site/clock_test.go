package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const clockPath = "/22/developer/clock"

// move sends a form of the bar from a page.
func (d *dashboard) move(form, back string, values url.Values) answer {
	d.t.Helper()
	if values == nil {
		values = url.Values{}
	}
	values.Set("back", back)
	a := d.post(clockPath+"/"+form, values)
	if a.StatusCode != http.StatusSeeOther {
		d.t.Fatalf("%s: %s %s", form, a.Status, a.Text())
	}
	return a
}

func TestTheClockIsOnEveryPageOfADeveloper(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	for _, path := range []string{"/22", "/22/orders?status=hold", "/22/apps/e/restock", "/22/developer/messages", "/22/settings/apps"} {
		a := d.see(path)
		if got := a.One(hook("clock")).Attr("data-state"); got != "frozen" {
			t.Errorf("%s: the clock is %q", path, got)
		}
		if got := a.All(`.clock input[name="back"]`)[0].Attr("value"); got != path {
			t.Errorf("%s: the form leads back to %q", path, got)
		}
	}
	if n := d.get("/22/nowhere").Count(hook("clock")); n != 1 {
		t.Error("a page that is not there has no clock")
	}
	d.as(platformtest.Merchant)
	if n := d.see("/22/orders").Count(hook("clock")); n != 0 || len(d.Requests("/api/sandbox/clock")) != 6 {
		t.Errorf("a merchant sees %d clocks, asked %d times", n, len(d.Requests("/api/sandbox/clock")))
	}
	for _, form := range []string{"advance", "freeze", "resume", "1/stop"} {
		if a := d.post(clockPath+"/"+form, url.Values{"by": {"1d"}}); a.StatusCode != http.StatusNotFound {
			t.Errorf("a merchant may %s: %s", form, a.Status)
		}
	}
}

func TestTheClockMovesAndSaysWhatFired(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	if a := d.move("advance", "/22/orders?page=2", url.Values{"by": {"1h"}}); a.where() != "/22/orders?page=2" {
		t.Errorf("it leads to %s", a.where())
	}
	if text := d.see("/22/orders?page=2").One(hook("flash")).Text(); !strings.Contains(text, "The clock shows 31 Jan 2026, 16:30. Nothing fired") {
		t.Errorf("the flash says %q", text)
	}
	d.move("advance", "/22", url.Values{"by": {"30d"}})
	a := d.see("/22")
	if diff := cmp.Diff([]string{"3 webhook attempts", "1 job", "1 event"}, a.Texts(hook("fired") + " .strong")[:3]); diff != "" {
		t.Errorf("fired (-want +got):\n%s", diff)
	}
	if got := a.One(hook("moved-all")); got.Text() != "2 more kinds: see everything" || got.Attr("href") != clockPath+"/2" {
		t.Errorf("the rest: %q %s", got.Text(), got.Attr("href"))
	}
	if n := d.see("/22").Count(hook("moved")); n != 0 {
		t.Error("it is said twice")
	}
	all := d.see(clockPath + "/2")
	if n := all.Count(hook("fired-row")); n != 10 || all.One(hook("move-status")).Attr("data-status") != api.ClockDone {
		t.Errorf("the page of the move has %d rows", n)
	}
	if n := d.see(clockPath + "/1").Count(hook("fired-empty")); n != 1 {
		t.Error("a move that brought nothing does not say so")
	}
	if a := d.get(clockPath + "/9"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a move that never was: %s", a.Status)
	}
}

func TestTheClockStandsAndRuns(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	for _, step := range []struct{ form, state, says string }{
		{"resume", "running", "The clock runs on"}, {"freeze", "frozen", "The clock stands at 31 Jan 2026, 15:30"},
	} {
		d.move(step.form, "/22", nil)
		a := d.see("/22")
		if got := a.One(hook("clock")).Attr("data-state"); got != step.state || !strings.Contains(a.One(hook("flash")).Text(), step.says) {
			t.Errorf("%s: %s, %q", step.form, got, a.One(hook("flash")).Text())
		}
	}
}

func TestAMoveUnderWayIsSaidAndStopped(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.MoveClock(api.ClockRunning)
	d.move("advance", "/22", url.Values{"by": {"1d"}})
	a := d.see("/22")
	if text := a.One(hook("flash")).Text(); !strings.Contains(text, "on its way to 1 Feb 2026, 15:30") || a.One(hook("clock")).Attr("data-state") != "moving" {
		t.Errorf("the flash says %q", text)
	}
	if a.Count(hook("clock-hour"))+a.Count(hook("clock-freeze")) != 0 || a.Count(hook("clock-stop")) != 1 {
		t.Error("the bar offers a second move")
	}
	for _, form := range []string{"advance", "freeze", "resume"} {
		d.move(form, "/22", url.Values{"by": {"1d"}})
		if text := d.flash("/22"); !strings.Contains(text, "already on its way") || strings.Contains(text, "_sandbox") {
			t.Errorf("%s: the flash says %q", form, text)
		}
	}
	d.move("1/stop", "/22", nil)
	if text := d.flash("/22"); !strings.Contains(text, "was stopped at 31 Jan 2026, 15:30") {
		t.Errorf("the flash says %q", text)
	}
	d.MoveClock(api.ClockFailed)
	d.move("advance", "/22", url.Values{"by": {"1d"}})
	if text := d.flash("/22"); !strings.Contains(text, "did not end. The job billing.renew failed three times.") {
		t.Errorf("the flash says %q", text)
	}
	d.move("7/stop", "/22", nil)
	if text := d.flash("/22"); !strings.Contains(text, "forgotten") {
		t.Errorf("the flash says %q", text)
	}
}

// A form leads back into the store, wherever it says it came from.
func TestTheClockLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	for _, back := range []string{"https://evil.example/", "//evil.example", "/23/orders", "/2200", "", "/22\\evil"} {
		if a := d.move("advance", back, url.Values{"by": {"a week"}}); a.where() != "/22" {
			t.Errorf("%q leads to %s", back, a.where())
		}
	}
	if text := d.flash("/22"); !strings.HasPrefix(text, "The clock did not move.") {
		t.Errorf("the flash says %q", text)
	}
}

// clockIsFollowed moves the clock on a phone: nothing is wider than the
// screen, and the bar follows a move that takes its time without a reload.
func clockIsFollowed(t *testing.T, b browsertest.Browser) {
	d := start(t)
	small := browsertest.Screen{Width: 360, Height: 740}
	p := d.openAs(t, b, small, platformtest.Developer, "/22/orders")
	p.Click(hook("clock"))
	if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(small.Width) {
		t.Errorf("with the menu open the page is %d wide", wide)
	}
	covered := browsertest.Eval[bool](p, `(() => { const a = document.querySelector('.clock').getBoundingClientRect();
		return ['.topbar-menu', '.brand', '.account'].some((css) => { const o = document.querySelector(css).getBoundingClientRect(); return a.left < o.right && o.left < a.right; }); })()`)
	if covered {
		t.Error("the clock covers a part of the bar")
	}
	wide := browsertest.Eval[int](p, `(() => { const actions = document.createElement('ext-actions'); actions.innerHTML = '<button class="button">Count the stock</button>';
		document.querySelector('.topbar-store').after(actions); const wide = document.documentElement.scrollWidth; actions.remove(); return wide; })()`)
	if wide > int(small.Width) {
		t.Errorf("with an app's action the page is %d wide", wide)
	}
	d.MoveClock(api.ClockRunning)
	p.Click(hook("clock-month"))
	p.See(hook("clock", "state", "moving"))
	browsertest.Eval[any](p, `(() => { window.stayed = true; })()`)
	d.ArriveClock()
	p.See(hook("clock", "state", "frozen"))
	if !browsertest.Eval[bool](p, `window.stayed === true`) {
		t.Error("the page was loaded again")
	}
	p.Click(hook("moved-all"))
	p.See(hook("fired-row"))
}
