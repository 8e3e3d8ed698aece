package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

func TestSubscriptionStates(t *testing.T) {
	t.Parallel()
	one, three := 1, 3
	reason := func(s string) *string { return &s }
	for want, s := range map[string]api.Subscription{
		"active: ": {IsActive: true, DeactivatesAfter: &three},
		"failing: Turns off after 1 more failed delivery.":           {IsActive: true, FailureCount: 4, DeactivatesAfter: &one},
		"failing: Turns off after 3 more failed deliveries.":         {IsActive: true, FailureCount: 2, DeactivatesAfter: &three},
		"paused: Nothing is sent until it is resumed.":               {DeactivationReason: reason(api.DeactivatedPaused)},
		"off: Its receiver answered 410: it wants no more webhooks.": {DeactivationReason: reason(api.DeactivatedGone)},
		"off: Too many deliveries in a row failed.":                  {DeactivationReason: reason(api.DeactivatedDead)},
	} {
		if got := page.Subscription(s); got.Name+": "+got.Note != want || got.Icon == "" || got.Label == "" {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
}

// Every topic has a name of its own, and what is not known is still shown.
func TestTopicLabels(t *testing.T) {
	t.Parallel()
	var names []string
	for _, group := range page.MerchantTopics() {
		if group.Name == "" || group.Icon == "" {
			t.Errorf("a group without a name or a picture: %+v", group)
		}
		for _, topic := range group.Topics {
			names = append(names, topic.Name)
		}
	}
	if diff := cmp.Diff(api.MerchantTopics, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for topic, want := range map[string]string{"order.created": "Order placed", "charge.payment_failed": "Charge payment failed", "new/topic": "New topic"} {
		if got := page.TopicLabel(topic); got != want {
			t.Errorf("%s is %q, want %q", topic, got, want)
		}
	}
}

func TestWhatWasSent(t *testing.T) {
	t.Parallel()
	if got, want := page.Headers(map[string][]string{"B": {"2", "3"}, "A": {"1"}}), "A: 1\nB: 2\nB: 3"; got != want {
		t.Errorf("got %q", got)
	}
	for text, want := range map[string]string{`{"a":1.00}`: "{\n  \"a\": 1.00\n}", "not JSON": "not JSON", "": ""} {
		if got := page.Indent(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestAnd(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{"": nil, "A": {"A"}, "A and B": {"A", "B"}, "A, B and C": {"A", "B", "C"}} {
		if got := page.And(names); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPrivacyKinds(t *testing.T) {
	t.Parallel()
	for topic, want := range map[string]string{api.TopicShopRedact: "Erasure of the whole store", "customers/new": "customers/new"} {
		if got := page.Privacy(topic); got.Label != want || got.Icon == "" {
			t.Errorf("%s is %+v", topic, got)
		}
	}
}
