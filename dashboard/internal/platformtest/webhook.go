package platformtest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// subscribe makes an app's subscriptions and deliveries in every state.
func (p *Platform) subscribe(app *api.App, storeID int64) {
	target := *app.WebhookReceiveURL
	for n, topic := range app.WebhookTopics {
		success := api.Time{Time: today.Add(-time.Hour)}
		s := p.addSubscription(api.Subscription{
			AppID: &app.AppID, StoreID: storeID, EventTopic: topic, TargetURL: target, CreatedByType: "app", SourceName: app.Name, LastSuccessAt: &success,
		})
		switch n {
		case 1:
			left := 3
			s.FailureCount, s.LastFailureAt, s.DeactivatesAfter = 2, &success, &left
		case 3:
			s.FailureCount, s.LastFailureAt = 5, &success
			turnOff(s, api.DeactivatedDead)
		}
	}
	for n, status := range []string{api.DeliveryPending, api.DeliveryRetrying, api.DeliveryDelivered, api.DeliveryDead, api.DeliveryCancelled, api.DeliveryDelivered} {
		d := p.delivery(&app.AppID, storeID, target, app.WebhookTopics[n%len(app.WebhookTopics)], status)
		d.SubscriptionID = p.subscribed(app.AppID, storeID, d.EventTopic)
		p.deliveries = append(p.deliveries, d)
	}
}

func (p *Platform) delivery(appID *int64, storeID int64, target, topic, status string) api.Delivery {
	id := int64(len(p.deliveries) + 1)
	at := today.Add(-time.Duration(id) * 13 * time.Minute)
	next := api.Time{Time: at.Add(5 * time.Minute)}
	d := api.Delivery{
		DeliveryID: id, EventID: fmt.Sprintf("0197f2a0-5b1c-7d3e-8f00-%012d", id), EventTopic: topic, AppID: appID, StoreID: storeID,
		TargetURL: target, Status: status, CreatedAt: api.Time{Time: at}, UpdatedAt: api.Time{Time: at}, Attempts: []api.DeliveryAttempt{},
	}
	good, bad, refused := 200, 503, "connection refused"
	switch status {
	case api.DeliveryRetrying:
		d.NextAttemptAt = &next
		d.Attempts = []api.DeliveryAttempt{attempt(d, 1, &bad, "<h1>Service Unavailable</h1>\nTry <b>later</b>.", nil)}
	case api.DeliveryDelivered:
		d.Attempts = []api.DeliveryAttempt{attempt(d, 1, &good, `{"received":true}`, nil)}
	case api.DeliveryDead:
		d.Attempts = []api.DeliveryAttempt{attempt(d, 1, nil, "", &refused), attempt(d, 2, &bad, "", nil), attempt(d, 3, nil, "", &refused)}
	}
	d.AttemptCount = len(d.Attempts)
	return d
}

func attempt(d api.Delivery, number int, status *int, body string, failure *string) api.DeliveryAttempt {
	return api.DeliveryAttempt{
		ID: fmt.Sprintf("dlv_%d_%d", d.DeliveryID, number), Number: number, StartedAt: api.Time{Time: d.CreatedAt.Add(time.Duration(number) * time.Minute)},
		DurationMS: int64(12 * number), ResponseStatus: status, ResponseBody: body, Error: failure,
	}
}

// FinishDeliveries marks what is pending as delivered.
func (p *Platform) FinishDeliveries() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := range p.deliveries {
		if p.deliveries[n].Status == api.DeliveryPending {
			p.deliveries[n].Status = api.DeliveryDelivered
		}
	}
}

// Subscribe makes a subscription of an app.
func (p *Platform) Subscribe(appID, storeID int64, topic string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	app := p.appByID(appID)
	p.addSubscription(api.Subscription{
		AppID: &app.AppID, StoreID: storeID, EventTopic: topic, TargetURL: "https://app.example.com/hook", CreatedByType: "app", SourceName: app.Name,
	})
}

// webhookRoutes are those of subscriptions and deliveries.
func (p *Platform) webhookRoutes(mux *http.ServeMux) {
	for pattern, route := range map[string]func(call) (any, error){
		"GET /api/apps/webhooks/subscriptions":                     p.listSubscriptions,
		"POST /api/apps/webhooks/subscriptions":                    p.createSubscriptions,
		"GET /api/apps/webhooks/subscriptions/{id}":                p.getSubscription,
		"PUT /api/apps/webhooks/subscriptions/{id}":                p.updateSubscription,
		"DELETE /api/apps/webhooks/subscriptions/{id}":             p.deleteSubscription,
		"POST /api/apps/webhooks/subscriptions/{id}/rotate-secret": p.rotateWebhookSecret,
		"POST /api/apps/webhooks/subscriptions/{id}/test":          p.testSubscription,
		"GET /api/apps/webhooks/deliveries":                        p.listDeliveries,
		"GET /api/apps/webhooks/deliveries/{id}":                   p.getDelivery,
		"POST /api/apps/webhooks/deliveries/{id}/resend":           p.resend,
		"POST /api/apps/webhooks/deliveries/{id}/explain":          developers(p.explain),
	} {
		mux.HandleFunc(pattern, p.forUser(route))
	}
}
