package platformtest

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

func (p *Platform) deliveryByID(id int64) *api.Delivery {
	if id < 1 || int(id) > len(p.deliveries) {
		return nil
	}
	return &p.deliveries[id-1]
}

func (p *Platform) listDeliveries(c call) (any, error) {
	list := []api.Delivery{}
	appID, subscriptionID := int64(c.number("app_id", 0)), int64(c.number("subscription_id", 0))
	for _, d := range p.deliveries {
		if d.StoreID == c.storeID && (appID == 0 || d.AppID != nil && *d.AppID == appID) &&
			(subscriptionID == 0 || d.SubscriptionID != nil && *d.SubscriptionID == subscriptionID) {
			list = append(list, d)
		}
	}
	slices.SortStableFunc(list, func(a, b api.Delivery) int { return b.CreatedAt.Compare(a.CreatedAt.Time) })
	return page(c, list)
}

// sent is the delivery that the path names.
func (p *Platform) sent(c call) (*api.Delivery, error) {
	d := p.deliveryByID(c.id("id"))
	if d == nil || !c.owns(d.StoreID) {
		return nil, notFound("No delivery %s.", c.PathValue("id"))
	}
	return d, nil
}

func (p *Platform) getDelivery(c call) (any, error) {
	d, err := p.sent(c)
	if err != nil {
		return nil, err
	}
	body := p.bodies[d.DeliveryID]
	if body == "" {
		body = `{"event_id":"` + d.EventID + `","event_topic":"` + d.EventTopic + `","store_id":22,"timestamp":"2026-01-31T09:30:00.000Z","data":{"order_id":1200,"customer_name":"<b>Nusrat</b>","total":1460.00}}`
	}
	return api.DeliveryDetail{Delivery: *d, RequestBody: body}, nil
}

func (p *Platform) resend(c call) (any, error) {
	d, err := p.sent(c)
	if err != nil {
		return nil, err
	}
	if d.SubscriptionID != nil {
		if s := p.subscription(*d.SubscriptionID); s == nil || !bool(s.IsActive) {
			return nil, refuse(http.StatusConflict, api.CodeConflict, "Subscription %d is inactive. Set is_active to 1, then send again.", *d.SubscriptionID)
		}
	}
	again := p.delivery(d.AppID, d.StoreID, d.TargetURL, d.EventTopic, api.DeliveryPending)
	again.EventID, again.SubscriptionID, again.ResentFrom = d.EventID, d.SubscriptionID, &d.DeliveryID
	return p.send(again, p.bodies[d.DeliveryID]), nil
}

// send keeps a delivery and posts it to where it
// goes if that is on this machine.
func (p *Platform) send(d api.Delivery, body string) api.Delivery {
	d.CreatedAt = api.Time{Time: today.Add(time.Duration(d.DeliveryID) * time.Second)}
	p.deliveries = append(p.deliveries, d)
	p.bodies[d.DeliveryID] = body
	if strings.HasPrefix(d.TargetURL, "http://127.0.0.1:") {
		go p.post(d, body)
	}
	return d
}

func (p *Platform) post(d api.Delivery, body string) {
	header := http.Header{"Content-Type": {"application/json"}, api.HeaderWebhookEvent: {d.EventTopic}}
	a := attempt(d, 1, nil, "", nil)
	a.RequestHeaders = header
	r, err := http.NewRequest(http.MethodPost, d.TargetURL, strings.NewReader(body))
	if err == nil {
		r.Header = header.Clone()
		var res *http.Response
		if res, err = http.DefaultClient.Do(r); err == nil {
			text, _ := io.ReadAll(res.Body)
			res.Body.Close()
			a.ResponseStatus, a.ResponseBody, a.ResponseHeaders = &res.StatusCode, string(text), res.Header
		}
	}
	status := api.DeliveryDelivered
	if err != nil || *a.ResponseStatus/100 != 2 {
		status = api.DeliveryDead
	}
	if err != nil {
		failure := err.Error()
		a.Error = &failure
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	kept := p.deliveryByID(d.DeliveryID)
	kept.Status, kept.Attempts, kept.AttemptCount = status, append(kept.Attempts, a), 1
}
