package webhook_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/webhook"
	"github.com/selorax/sandbox/platform/platformtest"
)

func TestMerchantsManageTheirSubscriptions(t *testing.T) {
	t.Parallel()
	j := start(t)
	list := platformtest.Data[api.SubscriptionsWithSecrets](j.Do(http.MethodPost, allHooks, j.merchant, map[string]any{
		"store_id": 22, "event_topics": []string{"order.created", "product.updated"}, "target_url": j.url,
		"name": "Accounting", "permissions": []string{"read_orders", "read_products"},
	}))
	if len(list) != 2 || list[0].SigningSecret == list[1].SigningSecret || len(list[0].SigningSecret) != len("whsec_")+64 ||
		list[1].CreatedByType != "merchant" || list[1].SourceName != "Accounting" || list[1].AppID != nil || len(*list[1].Permissions) != 2 {
		t.Fatalf("created %+v", list)
	}
	sub, secret := list[1], list[1].SigningSecret
	one := path(allHooks, sub.SubscriptionID)
	shown := platformtest.Data[api.SubscriptionWithSecret](j.Do(http.MethodGet, one, j.merchant, nil))
	if shown.SigningSecret != api.MaskSecret(secret) || strings.Contains(shown.SigningSecret, secret[6:20]) {
		t.Errorf("shown %+v", shown)
	}
	j.signed("first", secret, "")
	next := platformtest.Data[api.RotatedWebhookSecret](j.Do(http.MethodPost, one+"/rotate-secret", j.merchant, map[string]any{}))
	j.signed("overlap", secret, next.WebhookSigningSecret)
	j.Advance(24 * time.Hour)
	j.signed("rotated", next.WebhookSigningSecret, "")
	leaked := platformtest.Data[api.RotatedWebhookSecret](j.Do(http.MethodPost, one+"/rotate-secret", j.merchant, map[string]any{"immediate": true}))
	if leaked.ActivatesAt != nil {
		t.Errorf("rotated %+v", leaked)
	}
	j.signed("leaked", leaked.WebhookSigningSecret, "")
	paused := platformtest.Data[api.Subscription](j.Do(http.MethodPut, one, j.merchant, map[string]any{"is_active": 0}))
	if paused.IsActive {
		t.Errorf("paused %+v", paused)
	}
	j.Do(http.MethodDelete, one, j.merchant, nil).Into(http.StatusOK, &struct{}{})
	j.refused(404, api.CodeNotFound, "No subscription", http.MethodGet, one, j.merchant, nil)
}

// signed makes an event and checks what its delivery is signed with.
func (j *journey) signed(name, secret, next string) {
	j.t.Helper()
	j.rename(name)
	got := <-j.got
	at, err := time.ParseDuration(got.header.Get(api.HeaderWebhookTimestamp) + "s")
	if err != nil {
		j.t.Fatal(err)
	}
	seconds, wantNext := int64(at/time.Second), ""
	if next != "" {
		wantNext = webhook.Signature(next, seconds, []byte(got.body))
	}
	if got.header.Get(api.HeaderWebhookSignature) != webhook.Signature(secret, seconds, []byte(got.body)) ||
		got.header.Get(api.HeaderWebhookSignatureNext) != wantNext {
		j.t.Errorf("%s: signed %v", name, got.header)
	}
}

func TestWhatMerchantsCannotDo(t *testing.T) {
	t.Parallel()
	j := start(t)
	ofApp := j.subscribe(api.TopicProductUpdated)
	body := func(change map[string]any) map[string]any {
		b := map[string]any{"store_id": 22, "event_topic": "order.created", "target_url": j.url}
		for name, value := range change {
			b[name] = value
		}
		return b
	}
	j.Do(http.MethodPost, allHooks, j.merchant, body(nil)).Into(http.StatusCreated, &struct{}{})
	for _, c := range []struct {
		change map[string]any
		status int
		code   string
		says   string
	}{
		{nil, 409, api.CodeConflict, "already"},
		{map[string]any{"event_topic": "charge.created"}, 400, api.CodeValidation, "is for apps"},
		{map[string]any{"event_topic": "order.create"}, 400, api.CodeValidation, "did you mean order.created?"},
		{map[string]any{"event_topics": []string{"order.updated"}}, 400, api.CodeValidation, "must be left out"},
		{map[string]any{"event_topic": "", "event_topics": []string{"order.updated", "order.updated"}}, 400, api.CodeValidation, "event_topics[1] is named twice"},
		{map[string]any{"permissions": []string{"read:products"}}, 400, api.CodeValidation, "must include read:orders"},
		{map[string]any{"permissions": []string{"read:nothing"}}, 400, api.CodeValidation, "read:nothing is no scope"},
		{map[string]any{"store_id": 0}, 400, api.CodeValidation, "store_id is required"},
		{map[string]any{"store_id": 24}, 404, api.CodeNotFound, "No store 24"},
		{map[string]any{"target_url": "http://shop.example.com"}, 400, api.CodeValidation, "must be https"},
		{map[string]any{"event_topic": "", "event_topics": []string{"order.updated", "order.created"}}, 409, api.CodeConflict, "already"},
	} {
		j.refused(c.status, c.code, c.says, http.MethodPost, allHooks, j.merchant, body(c.change))
	}
	if list := platformtest.Data[[]api.Subscription](j.Do(http.MethodGet, allHooks+"?store_id=22", j.merchant, nil)); list[len(list)-1].EventTopic != "order.created" {
		t.Errorf("something was written: %+v", list)
	}
	one := path(allHooks, ofApp.SubscriptionID)
	j.refused(403, api.CodeForbidden, "Only is_active", http.MethodPut, one, j.merchant, map[string]any{"target_url": "https://shop.example.com"})
	j.refused(403, api.CodeForbidden, "is_active to 0", http.MethodDelete, one, j.merchant, nil)
	j.refused(403, api.CodeForbidden, "whoever owns the app", http.MethodPost, one+"/rotate-secret", j.merchant, map[string]any{})
	for method, path := range map[string]string{http.MethodGet: one, http.MethodPut: one, http.MethodDelete: one, http.MethodPost: one + "/test"} {
		j.refused(404, api.CodeNotFound, "No subscription", method, path, j.other, map[string]any{"is_active": 0})
	}
	for _, active := range []int{0, 1} {
		if got := platformtest.Data[api.Subscription](j.Do(http.MethodPut, one, j.merchant, map[string]any{"is_active": active})); bool(got.IsActive) != (active == 1) {
			t.Errorf("is_active %d: %+v", active, got)
		}
	}
}

// Five dead deliveries deactivate, the countdown shows how far it is, and a
// reactivation starts anew.
func TestTheCountdownToDeactivation(t *testing.T) {
	t.Parallel()
	j := start(t)
	sub := j.subscribe(api.TopicProductUpdated)
	one := path(appHooks, sub.SubscriptionID)
	get := func() api.SubscriptionWithSecret {
		return platformtest.Data[api.SubscriptionWithSecret](j.Do(http.MethodGet, one, j.app, nil))
	}
	for n, name := range []string{"A", "B", "C", "D", "E"} {
		for range 6 {
			j.answer <- http.StatusInternalServerError
		}
		j.rename(name)
		<-j.got
		j.Advance(20 * time.Hour)
		got := get()
		if n < 4 && (!got.IsActive || *got.DeactivatesAfter != 4-n || got.DeactivatedAt != nil) {
			t.Errorf("after %d: %+v", n+1, got)
		}
		if n == 4 && (got.IsActive || got.DeactivatesAfter != nil || got.DeactivatedAt == nil || *got.DeactivationReason != api.DeactivatedDead) {
			t.Errorf("at the end: %+v", got)
		}
		for range 5 {
			<-j.got
		}
	}
	j.Do(http.MethodPut, one, j.app, map[string]any{"is_active": 1}).Into(http.StatusOK, &struct{}{})
	if got := get(); got.FailureCount != 0 || *got.DeactivatesAfter != 5 || got.DeactivationReason != nil {
		t.Errorf("reactivated: %+v", got)
	}
	j.answer <- http.StatusGone
	j.rename("F")
	<-j.got
	j.Advance(0)
	if got := get(); got.IsActive || *got.DeactivationReason != api.DeactivatedGone {
		t.Errorf("gone: %+v", got)
	}
}
