package fault

import (
	"fmt"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Add makes a rule. Routes are those that a rule may name.
func (s *Rules) Add(tx *db.Tx, in api.NewFault, routes []web.Route) (api.Fault, error) {
	appID, err := check(tx, in, routes)
	if err != nil {
		return api.Fault{}, err
	}
	if takesDelay(in.Effect) && in.DelayMS == 0 {
		in.DelayMS = defaultDelayMS
	}
	if takesRetryAfter(in.Effect) && in.RetryAfterS == nil {
		wait := defaultRetryAfter
		in.RetryAfterS = &wait
	}
	id, err := insert(tx, in, appID)
	if err != nil {
		return api.Fault{}, err
	}
	tx.AfterCommit(s.Forget)
	return byID(tx, id)
}

// All returns every rule with its counts, the oldest first.
func All(tx *db.Tx) ([]api.Fault, error) {
	_, faults, err := all(tx)
	return faults, err
}

// Remove deletes a rule, or with id 0 all of them, and returns how many.
func (s *Rules) Remove(tx *db.Tx, id int64) (int64, error) {
	tx.AfterCommit(s.Forget)
	return remove(tx, id)
}

// checker collects complaints.
type checker struct {
	in  api.NewFault
	bad []api.FieldError
}

func (c *checker) require(ok bool, field, message string) {
	if !ok {
		c.bad = append(c.bad, api.FieldError{Field: field, Message: message})
	}
}

// check refuses a rule that could never act, and returns the app it names.
func check(tx *db.Tx, in api.NewFault, routes []web.Route) (appID *int64, err error) {
	c := &checker{in: in}
	known, ok := effects[in.On]
	c.require(ok, "on", "must be webhook or api")
	if ok {
		c.require(slices.Contains(known, in.Effect), "effect",
			fmt.Sprintf("must be one of %s%s", strings.Join(known, ", "), web.Suggestion(in.Effect, known)))
	}
	c.counts()
	c.belongs(routes)
	slugs, stores, err := names(tx)
	if err != nil {
		return nil, err
	}
	c.require(in.StoreID == 0 || slices.Contains(stores, in.StoreID), "store_id", fmt.Sprintf("is no store; the stores are %v", stores))
	c.require(in.App == "" || slices.Contains(slugs, in.App), "app", "is the slug of no app"+web.Suggestion(in.App, slugs))
	if c.bad != nil {
		return nil, problem.Validation(c.bad...)
	}
	if in.App == "" {
		return nil, nil
	}
	id, err := appBySlug(tx, in.App)
	return &id, err
}

// counts checks the numbers.
func (c *checker) counts() {
	in := c.in
	c.require(in.First >= 0 && in.First <= maxCount, "first", "must be from 1 to 1000000")
	c.require(in.Every >= 0 && in.Every <= maxCount, "every", "must be from 1 to 1000000")
	c.require(in.First == 0 || in.Every == 0, "every", "must be left out where first is given: a rule acts on the first n or on every k-th match")
	c.require(in.DelayMS >= 0 && in.DelayMS <= maxDelayMS, "delay_ms", "must be from 1 to 20000")
	c.require(in.DelayMS == 0 || takesDelay(in.Effect), "delay_ms", "belongs to delay, reorder and slow only")
	c.require(in.RetryAfterS == nil || *in.RetryAfterS >= 0 && *in.RetryAfterS <= maxRetryAfter, "retry_after_s", "must be from 0 to 3600")
	c.require(in.RetryAfterS == nil || takesRetryAfter(in.Effect), "retry_after_s", "belongs to 429 and 503 only")
}

// belongs checks what applies to one kind only.
func (c *checker) belongs(routes []web.Route) {
	in := c.in
	webhooks := in.On == api.FaultOnWebhook
	c.require(in.Topic == "" || webhooks, "topic", "belongs to webhook faults only; an api fault names a route")
	c.require(in.Route == "" || !webhooks, "route", "belongs to api faults only; a webhook fault names a topic")
	topics := append(slices.Clone(api.Topics), api.HookToken, api.HookRevoke)
	c.require(in.Topic == "" || slices.Contains(topics, in.Topic), "topic", "is no topic"+web.Suggestion(in.Topic, topics))
	if in.Route == "" || webhooks {
		return
	}
	var known []string
	for _, r := range routes {
		if CanFault(r) {
			known = append(known, r.Method+" "+r.Path, r.Path)
		}
	}
	c.require(slices.Contains(known, in.Route), "route", "is no route that apps call"+web.Suggestion(in.Route, known))
}

// TokenPath is the endpoint that apps call before they have a token.
const TokenPath = "/api/apps/oauth/token"

// CanFault reports whether rules act on a route.
func CanFault(r web.Route) bool {
	return r.Kind == web.KindApp || r.Kind == web.KindClient || r.Path == TokenPath
}
