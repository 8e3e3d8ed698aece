package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// faults tells of the rules that make things fail on purpose, since what they
// do is easily taken for the app's own fault.
func (d *doctor) faults() {
	all, err := call[[]api.Fault](d.platform, http.MethodGet, "/faults", nil)
	if err != nil {
		d.problem("faults", "See what the platform says: "+d.command("logs", "platform"), "cannot be read: %v", err)
		return
	}
	d.rules = slices.DeleteFunc(all, func(f api.Fault) bool { return bool(f.Spent) })
	if len(d.rules) == 0 {
		d.ok("faults", "none is set")
		return
	}
	var lines []string
	for _, f := range d.rules {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d (%s %s %s %s", f.FaultID, f.On, f.Effect, when(f), matching(f)))+")")
	}
	d.warning("faults", "Clear them: "+d.command("fault", "clear"), "fail on purpose: %s", strings.Join(lines, ", "))
}

// subscriptionsRoute is the call that an app's credentials are tried with.
const subscriptionsRoute = "/api/apps/v1/webhooks"

// disturbing is the rule that would act on that call. Making it would use the
// rule up, and what came back would say nothing of the app.
func (p patient) disturbing() (rule api.Fault, found bool) {
	i := slices.IndexFunc(p.rules, func(f api.Fault) bool {
		return f.On == api.FaultOnAPI && (f.App == "" || f.App == p.app.Slug) && (f.StoreID == 0 || f.StoreID == p.storeID) &&
			(f.Route == "" || f.Route == subscriptionsRoute || f.Route == http.MethodGet+" "+subscriptionsRoute)
	})
	if i < 0 {
		return rule, false
	}
	return p.rules[i], true
}
