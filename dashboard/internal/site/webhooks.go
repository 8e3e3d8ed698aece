package site

import (
	"fmt"
	"slices"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// webhooks lists what is told of in a store: to its apps and to the merchant's
// own programs.
func (v *visit) webhooks() error {
	list, err := v.session.Subscriptions(v.r.Context(), v.store.StoreID, 0)
	if err != nil {
		return err
	}
	return v.show("shell/webhooks", "Webhooks", "settings", list, policy{})
}

// webhookData is the page of one subscription.
type webhookData struct {
	api.SubscriptionWithSecret
	App        *api.AppCard // nil of the merchant's own
	Deliveries []api.Delivery
	List       page.List
	Place      string
	Once       string
}

func (v *visit) webhook() error {
	sub, err := v.findWebhook()
	if err != nil {
		return err
	}
	data := webhookData{SubscriptionWithSecret: sub, List: page.ReadList(v.r.URL, "", nil), Place: v.webhookPath(sub.SubscriptionID)}
	found, err := v.session.Deliveries(v.r.Context(), v.store.StoreID, platform.DeliveryQuery{
		SubscriptionID: sub.SubscriptionID, Page: data.List.Page, Limit: page.Rows,
	})
	if err != nil {
		return err
	}
	data.Deliveries, data.List = found.Data, data.List.Found(found.Pagination)
	if data.App = v.cardOf(sub.AppID); sub.AppID == nil {
		data.Once = v.cookies.Once(v.w, v.r)
	}
	return v.show("shell/webhook", page.TopicLabel(sub.EventTopic), "settings", data, policy{})
}

// cardOf is an installed app by its number, nil where there is none.
func (v *visit) cardOf(appID *int64) *api.AppCard {
	i := slices.IndexFunc(v.apps, func(a api.InstalledApp) bool { return appID != nil && a.AppID == *appID })
	if i < 0 {
		return nil
	}
	return &v.apps[i].App
}

// findWebhook is the subscription that the path names, if it is this store's:
// the user may open other stores too.
func (v *visit) findWebhook() (api.SubscriptionWithSecret, error) {
	sub, err := v.session.Subscription(v.r.Context(), v.number("subscription"))
	if err == nil && sub.StoreID != v.store.StoreID {
		return api.SubscriptionWithSecret{}, missing
	}
	return sub, err
}

// findOwn is findWebhook for what only the merchant's own may be asked.
func (v *visit) findOwn() (api.SubscriptionWithSecret, error) {
	sub, err := v.findWebhook()
	if err == nil && sub.AppID != nil {
		return sub, missing
	}
	return sub, err
}

func (v *visit) webhookPath(subscriptionID int64) string {
	return v.path(fmt.Sprintf("/settings/webhooks/%d", subscriptionID))
}
