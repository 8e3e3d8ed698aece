package main

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// sandbox checks the programs, the database, the clock and the fault rules. It
// reports whether the platform can be asked for more.
func (d *doctor) sandbox() (answers bool) {
	for _, p := range look(d.ready) {
		if p.Ready {
			d.ok(p.Name, "answers at %s", p.URL)
		} else {
			d.problem(p.Name, "See what it says: "+d.command("logs", p.Name), "does not answer at %s", p.URL)
		}
	}
	status, err := call[api.SandboxStatus](d.platform, http.MethodGet, "/status", nil)
	if err != nil {
		d.problem("database", "See what the platform says: "+d.command("logs", "platform"), "cannot be read: %v", err)
		return false
	}
	d.now = status.BusinessTime
	d.ok("database", "has %s, %s, %s and %s", count(status.Stores, "store"), count(status.Apps, "app"),
		count(status.Events, "event"), count(status.Deliveries, "delivery"))
	if status.Frozen {
		d.warning("clock", "Let it run: "+d.command("clock", "resume")+", or move it: "+d.command("clock", "advance", "1h"),
			"stands at %s; renewals and repeated webhooks wait", clockTime(status.BusinessTime))
	} else {
		d.ok("clock", "runs, business time is %s", clockTime(status.BusinessTime))
	}
	d.faults()
	return true
}
