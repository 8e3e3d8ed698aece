package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

// Every topic of the platform may be chosen, once, under a heading of its own
// kind.
func TestAppTopics(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, group := range page.AppTopics() {
		if group.Name == "" || group.Icon == "" {
			t.Errorf("a group without a name or an icon: %+v", group)
		}
		for _, topic := range group.Topics {
			if got[topic.Name] != "" || topic.Label == "" {
				t.Errorf("%s stands twice, or has no label", topic.Name)
			}
			got[topic.Name] = group.Name
		}
	}
	for _, topic := range api.Topics {
		if got[topic] == "" {
			t.Errorf("%s is missing", topic)
		}
	}
	want := map[string]string{"order.created": "Orders", "charge.created": "Billing", "subscription.renewal_pending": "Billing", "message.failed": "Messaging", "shop/redact": "Privacy"}
	for topic, group := range want {
		if diff := cmp.Diff(group, got[topic]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", topic, diff)
		}
	}
}

func TestReviewStatuses(t *testing.T) {
	t.Parallel()
	for _, name := range api.ReviewStatuses {
		if s := page.ReviewStatus(name); s.Label == "" || s.Icon == "circle-dot" || s.Name != name {
			t.Errorf("%s is shown as %+v", name, s)
		}
	}
}
