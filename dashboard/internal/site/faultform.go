package site

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// When a rule acts.
const (
	everyTime  = "all"
	firstTimes = "first"
	everyNth   = "every"
)

// faultForm is what a developer writes about a new rule, as text, and what is
// wrong with it.
type faultForm struct {
	Effect, App, Store, Topic, Route string
	When, Count, Delay, RetryAfter   string
	Errors                           map[string]string // by field

	Apps   []api.InstalledApp
	Stores []api.StoreRef
	Routes []string
}

// Kinds are the effects to choose from.
func (faultForm) Kinds() []page.FaultKind { return page.FaultKinds }

// Topics are those that a rule may be narrowed to.
func (faultForm) Topics() []string {
	return append(slices.Clone(api.Topics), api.HookToken, api.HookRevoke)
}

func sentFault(r *http.Request) faultForm {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f := faultForm{
		Effect: text("effect"), App: text("app"), Store: text("store"), Topic: text("topic"), Route: text("route"),
		When: cmp.Or(text("when"), everyTime), Count: text("count"), Delay: text("delay"), RetryAfter: text("retry_after"),
	}
	if f.Effect == "" {
		f.wrong("effect", "Choose what goes wrong.")
	}
	if f.When != everyTime && f.Count == "" {
		f.wrong("count", "Write a number for n.")
	}
	for field, value := range map[string]string{"store": f.Store, "count": f.Count, "delay": f.Delay, "retry_after": f.RetryAfter} {
		if _, err := strconv.Atoi(value); value != "" && err != nil {
			f.wrong(field, "Write a whole number.")
		}
	}
	if f.When != everyTime && f.Count != "" && f.number(f.Count) < 1 && f.Errors["count"] == "" {
		f.wrong("count", "Write a number from 1 on.")
	}
	return f
}

func (f *faultForm) wrong(field, says string) {
	if f.Errors == nil {
		f.Errors = map[string]string{}
	}
	f.Errors[field] = says
}

// number is a field that was checked.
func (faultForm) number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func (f faultForm) input() api.NewFault {
	on, effect, _ := strings.Cut(f.Effect, ":")
	in := api.NewFault{On: on, Effect: effect, App: f.App, StoreID: int64(f.number(f.Store)), Topic: f.Topic, Route: f.Route, DelayMS: f.number(f.Delay)}
	switch f.When {
	case firstTimes:
		in.First = f.number(f.Count)
	case everyNth:
		in.Every = f.number(f.Count)
	}
	if f.RetryAfter != "" {
		seconds := f.number(f.RetryAfter)
		in.RetryAfterS = &seconds
	}
	return in
}

// faultFields are the form's names of the platform's fields.
var faultFields = map[string]struct{ field, label string }{
	"on": {"effect", "The effect"}, "effect": {"effect", "The effect"}, "app": {"app", "The app"}, "store_id": {"store", "The store"},
	"topic": {"topic", "The topic"}, "route": {"route", "The route"}, "first": {"count", "The number"}, "every": {"count", "The number"},
	"delay_ms": {"delay", "The delay"}, "retry_after_s": {"retry_after", "Retry-After"},
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *faultForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeValidation {
		return false
	}
	for _, e := range refused.Errors {
		if known, ok := faultFields[e.Field]; ok {
			f.wrong(known.field, sentence(known.label+" "+e.Message))
		} else {
			f.wrong("effect", sentence(e.Field+" "+e.Message))
		}
	}
	return true
}

// sentence ends a complaint with a full stop, unless it ends with a question.
func sentence(text string) string {
	if strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

// appRoutes are the routes that apps call, of an OpenAPI document: those that
// are opened with an app's credentials, and the one that hands them out.
func appRoutes(document []byte) ([]string, error) {
	var doc struct {
		Paths map[string]map[string]struct{ Security []map[string]any }
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		return nil, err
	}
	routes := []string{"POST /api/apps/oauth/token"}
	for path, operations := range doc.Paths {
		for method, op := range operations {
			if slices.ContainsFunc(op.Security, func(way map[string]any) bool { return way["bearer"] != nil || way["client_id"] != nil }) {
				routes = append(routes, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.SortFunc(routes, func(a, b string) int {
		pathOf := func(route string) string { _, path, _ := strings.Cut(route, " "); return path }
		return cmp.Or(cmp.Compare(pathOf(a), pathOf(b)), cmp.Compare(a, b))
	})
	return slices.Compact(routes), nil
}
