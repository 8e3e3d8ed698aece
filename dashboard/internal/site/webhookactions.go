package site

import (
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// webhookSecrets is the page with the secrets of new webhooks, one for each
// topic.
func (v *visit) webhookSecrets(created []api.SubscriptionWithSecret) secrets {
	s := secrets{
		Title: "Webhook added", Intro: "It is active. Each delivery is signed with this secret.",
		Name: "Webhooks", Back: v.path("/settings/webhooks"),
	}
	if len(created) > 1 {
		s.Title, s.Intro = page.Count(len(created), "webhook")+" added", "They are active. Each signs its deliveries with a secret of its own."
	}
	for _, sub := range created {
		s.Rows = append(s.Rows, secret{
			ID: fmt.Sprintf("webhook-secret-%d", sub.SubscriptionID), Label: page.TopicLabel(sub.EventTopic), Value: sub.SigningSecret,
			Note: "Verifies deliveries of " + sub.EventTopic + ". It does not expire.",
		})
	}
	return s
}

// rotateWebhook shows the next secret, unless the form is sent a second time:
// that would end the secret which was just saved.
func (v *visit) rotateWebhook() error {
	sub, err := v.findOwn()
	if err != nil {
		return err
	}
	place := v.webhookPath(sub.SubscriptionID)
	if !v.cookies.IsOnce(v.r, v.r.PostFormValue("once")) {
		return v.done("info", "Nothing was rotated: the form was sent already, and the secret that it made was shown once.", place)
	}
	next, err := v.session.RotateWebhookSecret(v.r.Context(), sub.SubscriptionID, v.r.PostFormValue("immediate") != "")
	if err != nil {
		return err
	}
	s := secrets{
		Title: "New webhook secret", Intro: "The secret before it has ended. Deliveries are signed with this one from now on.",
		Name: page.TopicLabel(sub.EventTopic), Back: place,
		Rows: []secret{{ID: "webhook-secret", Label: "Webhook secret", Value: next.WebhookSigningSecret, Note: "Verifies deliveries of " + sub.EventTopic + ". It does not expire."}},
	}
	if next.ActivatesAt != nil {
		s.Intro = "It replaces the one before it in 24 hours. Until then deliveries carry its signature in X-SeloraX-Signature-Next, beside the one of the old secret."
	}
	return v.showSecrets(s)
}

func (v *visit) pauseWebhook() error {
	return v.setActive(false, "The webhook is paused. What happens from now on is not sent, and not later either.")
}

func (v *visit) resumeWebhook() error {
	return v.setActive(true, "The webhook is active again. It is told of what happens from now on, and failures are counted anew.")
}

func (v *visit) setActive(active bool, said string) error {
	sub, err := v.findWebhook()
	if err != nil {
		return err
	}
	if _, err := v.session.UpdateSubscription(v.r.Context(), sub.SubscriptionID, api.SubscriptionUpdate{IsActive: api.To(api.Flag(active))}); err != nil {
		return err
	}
	return v.done("success", said, v.webhookPath(sub.SubscriptionID))
}

// testWebhook sends a sample; its answer appears among the deliveries.
func (v *visit) testWebhook() error {
	sub, err := v.findWebhook()
	if err != nil {
		return err
	}
	place := v.webhookPath(sub.SubscriptionID)
	_, err = v.session.TestSubscription(v.r.Context(), sub.SubscriptionID)
	switch {
	case platform.IsStatus(err, http.StatusConflict):
		return v.done("danger", "No test was sent: "+whyNot(sub.Subscription, err), place)
	case err != nil:
		return err
	}
	return v.done("success", "A test is on its way. What the receiver answers appears below.", place)
}

// whyNot says why something cannot be sent to a subscription.
func whyNot(sub api.Subscription, err error) string {
	refused, _ := platform.Refusal(err)
	if sub.SubscriptionID != 0 && !bool(sub.IsActive) {
		return "the webhook is not active. Resume it first."
	}
	return refused.Message
}

func (v *visit) deleteWebhook() error {
	sub, err := v.findOwn()
	if err == nil {
		err = v.session.DeleteSubscription(v.r.Context(), sub.SubscriptionID)
	}
	switch {
	case platform.IsStatus(err, http.StatusNotFound):
		return v.done("danger", "There is no such webhook. Perhaps it is deleted already.", v.path("/settings/webhooks"))
	case err != nil:
		return err
	}
	return v.done("success", fmt.Sprintf("The webhook for %s is deleted. Nothing more is sent to it.", sub.EventTopic), v.path("/settings/webhooks"))
}
