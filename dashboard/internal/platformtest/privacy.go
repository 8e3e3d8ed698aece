package platformtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// demoCustomers are those who ordered, once for each store.
func demoCustomers(orders []api.OrderDetail) (list []api.Customer) {
	for _, o := range orders {
		id := o.UserID
		i := slices.IndexFunc(list, func(c api.Customer) bool { return c.UserID == id })
		if i < 0 {
			i = len(list)
			phone := o.CustomerPhone
			c := api.Customer{IsGuest: api.Flag(o.UserID%3 == 0), UserID: id, StoreID: o.StoreID, Name: o.CustomerName, Phone: &phone, CreatedAt: o.CreatedAt, UpdatedAt: o.UpdatedAt}
			if o.UserID%2 == 0 {
				email := fmt.Sprintf("customer%d@example.com", o.UserID%1000)
				c.Email = &email
			}
			list = append(list, c)
		}
		list[i].TotalOrders++
		list[i].TotalSpent += o.GrandTotal
	}
	return list
}

func (p *Platform) listCustomers(c call) (any, error) {
	found := []api.Customer{}
	for _, customer := range demoCustomers(p.orders) {
		text := customer.Name + " " + *customer.Phone
		if customer.Email != nil {
			text += " " + *customer.Email
		}
		if customer.IsGuest && c.URL.Query().Get("include_guests") != "true" {
			continue
		}
		if customer.StoreID == c.storeID && strings.Contains(strings.ToLower(text), strings.ToLower(c.URL.Query().Get("search"))) {
			found = append(found, customer)
		}
	}
	slices.SortFunc(found, func(a, b api.Customer) int { return cmp.Compare(a.Name, b.Name) })
	return page(c, found)
}

func (p *Platform) getCustomer(c call) (any, error) {
	for _, customer := range demoCustomers(p.orders) {
		if customer.UserID == c.id("id") && customer.StoreID == c.storeID {
			return customer, nil
		}
	}
	return nil, notFound("There is no customer %d.", c.id("id"))
}

func (p *Platform) listPrivacy(c call) (any, error) {
	list := []api.PrivacyRequest{}
	for _, r := range p.privacy {
		if r.StoreID != c.storeID {
			continue
		}
		r.Apps = slices.Clone(r.Apps)
		for n := range r.Apps {
			r.Apps[n].DeliveryStatus = p.deliveryByID(r.Apps[n].DeliveryID).Status
		}
		list = append(list, r)
	}
	return page(c, list)
}

func (p *Platform) askPrivacy(c call) (any, error) {
	var in api.NewPrivacyRequest
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	made := api.PrivacyRequest{Topic: in.Topic, StoreID: c.storeID, RequestedAt: api.Time{Time: today}, Apps: []api.PrivacyApp{}}
	switch {
	case in.Topic == api.TopicShopRedact && in.UserID == nil:
	case in.Topic != api.TopicDataRequest && in.Topic != api.TopicCustomerRedact:
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "topic must be customers/data_request, customers/redact or shop/redact.")
	default:
		all := demoCustomers(p.orders)
		i := slices.IndexFunc(all, func(one api.Customer) bool { return one.UserID == *in.UserID && one.StoreID == c.storeID })
		if i < 0 {
			return nil, notFound("No customer %d.", *in.UserID)
		}
		made.Customer = &api.PrivacyCustomer{ID: all[i].UserID, Email: all[i].Email, Phone: all[i].Phone}
	}
	if in.Topic == api.TopicDataRequest {
		made.DueAt = &api.Time{Time: today.Add(30 * 24 * time.Hour)}
	}
	p.oblige(&made)
	p.privacy = append([]api.PrivacyRequest{made}, p.privacy...)
	p.live.tell(c.storeID, made.Topic)
	return made, nil
}

// oblige sends a request to the installed apps that have an address.
func (p *Platform) oblige(made *api.PrivacyRequest) {
	made.EventID = fmt.Sprintf("0197f2a0-5b1c-7d3e-8f00-9%011d", len(p.privacy))
	for _, i := range p.installations {
		app := p.appByID(i.AppID)
		if i.StoreID != made.StoreID || i.Status != api.InstallationActive || app.WebhookReceiveURL == nil {
			continue
		}
		d := p.delivery(&app.AppID, made.StoreID, *app.WebhookReceiveURL, made.Topic, api.DeliveryPending)
		d.EventID = made.EventID
		p.deliveries = append(p.deliveries, d)
		made.Apps = append(made.Apps, api.PrivacyApp{AppID: app.AppID, Name: app.Name, DeliveryID: d.DeliveryID, DeliveryStatus: d.Status})
	}
}
