package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
)

// checkWithin is how long an app has to answer a check.
const checkWithin = 5 * time.Second

// installation makes a call with the app's client credentials, as its server
// would: for its subscriptions on the store.
func (p patient) installation() {
	if p.own == nil {
		p.warning("credentials", "Give the app new ones that are kept: register it with "+p.command("app", "create"),
			"those of %s are not kept here; what is signed with them is not checked", p.app.Slug)
		return
	}
	if f, found := p.disturbing(); found {
		p.warning("credentials", "End the rule, and look again: "+p.command("fault", "clear", fmt.Sprint(f.FaultID)),
			"not tried, since fault %d would act on the call; neither are the installation and its subscriptions", f.FaultID)
		return
	}
	list, err := p.subscriptions()
	var refused *appRefusal
	switch {
	case errors.As(err, &refused) && refused.Code == api.CodeNotInstalled:
		p.ok("credentials", "are valid")
		p.warning("installation", "Install it: "+p.command("install", p.app.Slug, "--store", fmt.Sprint(p.storeID)), "not installed on store %d", p.storeID)
		return
	case errors.As(err, &refused) && refused.Status == http.StatusUnauthorized:
		p.problem("credentials", "Make a new secret, and start the app with it: "+p.command("app", "rotate-secret", p.app.Slug),
			"those kept here are refused: %s", refused.Message)
		return
	case errors.As(err, &refused) && refused.Status == http.StatusTooManyRequests:
		p.warning("credentials", "Look again in a minute, or start the sandbox with --api-rate-limit 0",
			"could not be tried: the app has made all its calls of this minute")
		return
	case err != nil:
		p.problem("credentials", "See what the platform says: "+p.command("logs", "platform"), "could not be tried: %v", err)
		return
	}
	p.ok("credentials", "are valid")
	p.ok("installation", "on store %d", p.storeID)
	p.standing(list)
}

// appRefusal is a refusal of a call that an app made.
type appRefusal api.Error

// Error is the platform's sentence.
func (r *appRefusal) Error() string { return r.Message }

func (p patient) subscriptions() ([]api.Subscription, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.ready.APIURL+strings.TrimPrefix(subscriptionsRoute, "/api"), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set(api.HeaderClientID, p.own.ClientID)
	req.Header.Set(api.HeaderClientSecret, p.own.ClientSecret)
	req.Header.Set(api.HeaderStoreID, strconv.FormatInt(p.storeID, 10))
	res, err := dial.Dialer{Trusted: true}.Client(patience).Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		refused := appRefusal{Status: res.StatusCode, Message: "the platform answers " + res.Status}
		_ = json.NewDecoder(res.Body).Decode(&refused) // what is no error of the platform keeps its status
		return nil, &refused
	}
	var answer api.Envelope[[]api.Subscription]
	err = json.NewDecoder(res.Body).Decode(&answer)
	return answer.Data, err
}

// standing checks that the subscriptions are sent to.
func (p patient) standing(list []api.Subscription) {
	var off, paused []string
	for _, s := range list {
		line := fmt.Sprintf("%d of %s", s.SubscriptionID, s.EventTopic)
		switch {
		case bool(s.IsActive):
		case text(s.DeactivationReason) == api.DeactivatedPaused:
			paused = append(paused, line)
		default:
			off = append(off, line+" ("+strings.ReplaceAll(text(s.DeactivationReason), "_", " ")+")")
		}
	}
	const again = `Switch them on in the dashboard, Settings, Apps, or with PUT /api/apps/v1/webhooks/{subscription_id} and {"is_active": 1}`
	switch {
	case len(off) > 0:
		p.problem("subscriptions", again, "switched off, since the receiver failed: %s", strings.Join(off, ", "))
	case len(paused) > 0:
		p.warning("subscriptions", again, "paused: %s", strings.Join(paused, ", "))
	default:
		p.ok("subscriptions", "%s, all active", count(len(list), "subscription"))
	}
}

// deliveries checks what became of the newest deliveries on the store.
func (p patient) deliveries() error {
	page, err := fetchPage[api.Delivery](p.platform, "/deliveries", filter{
		"store_id": number(p.storeID), "app": p.app.Slug, "limit": "50",
	}.query())
	if err != nil {
		return err
	}
	var failed []api.Delivery
	for _, d := range page.Data {
		if d.Status == api.DeliveryDead || d.Status == api.DeliveryRetrying {
			failed = append(failed, d)
		}
	}
	see := "See what was answered: " + p.command("deliveries", "list", "--app", p.app.Slug)
	switch {
	case len(page.Data) == 0:
		p.ok("deliveries", "none yet")
	case len(failed) == 0:
		p.ok("deliveries", "none of the newest %d failed", len(page.Data))
	case failed[0].DeliveryID == page.Data[0].DeliveryID || failed[0].Status == api.DeliveryRetrying:
		p.problem("deliveries", see, "%d of the newest %d fail; %s is %s, last answer %s",
			len(failed), len(page.Data), failed[0].EventTopic, failed[0].Status, lastAnswer(failed[0]))
	default:
		p.warning("deliveries", see, "%d of the newest %d failed, though not the last", len(failed), len(page.Data))
	}
	return nil
}
