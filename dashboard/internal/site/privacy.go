package site

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// foundCustomers is how many customers a search shows.
const foundCustomers = 10

// privacyData is what the apps of a store were asked to do about personal data,
// and the forms that ask them.
type privacyData struct {
	List      page.List // of the requests; its search is for customers
	Requests  []api.PrivacyRequest
	Customers []api.Customer
	Matching  int // customers, of whom the first are shown
	Chosen    int64
	Complaint string
	Apps      map[string][]string // topic → names of the apps that are told
}

func (v *visit) privacy() error { return v.showPrivacy(http.StatusOK, privacyData{}) }

func (v *visit) showPrivacy(status int, data privacyData) error {
	data.List = page.ReadList(v.r.URL, "", nil)
	found, err := v.session.PrivacyRequests(v.r.Context(), v.store.StoreID, platform.Query{Page: data.List.Page, Limit: page.Rows})
	if err != nil {
		return err
	}
	data.Requests, data.List = found.Data, data.List.Found(found.Pagination)
	if data.Apps, err = v.whoIsTold(); err != nil {
		return err
	}
	if data.List.Search != "" {
		q := platform.Query{Limit: foundCustomers, Search: data.List.Search, Sort: "name:asc", Only: everybody}
		customers, err := v.session.Customers(v.r.Context(), v.store.StoreID, q)
		if err != nil {
			return err
		}
		data.Customers, data.Matching = customers.Data, customers.Pagination.Total
	}
	return v.answer(status, "shell/privacy", "Privacy", "settings", data, policy{})
}

// Told are the apps that hear of a request about one customer.
func (d privacyData) Told() string { return page.And(d.Apps[api.TopicDataRequest]) }

// whoIsTold returns the apps that hear of each kind of request: those of the
// marketplace always, custom apps if they subscribed to it, as they have no
// other address.
func (v *visit) whoIsTold() (map[string][]string, error) {
	subscriptions, err := v.session.Subscriptions(v.r.Context(), v.store.StoreID, 0)
	if err != nil {
		return nil, err
	}
	told := map[string][]string{}
	for _, topic := range []string{api.TopicDataRequest, api.TopicCustomerRedact, api.TopicShopRedact} {
		for _, app := range v.apps {
			subscribed := slices.ContainsFunc(subscriptions, func(s api.Subscription) bool {
				return s.AppID != nil && *s.AppID == app.AppID && s.EventTopic == topic && bool(s.IsActive)
			})
			if app.App.AppType != api.AppCustom || subscribed {
				told[topic] = append(told[topic], app.App.Name)
			}
		}
	}
	return told, nil
}

// askPrivacy sends a request to the apps. One that names no customer, although
// it is about one, is shown again with what was searched for.
func (v *visit) askPrivacy() error {
	in := api.NewPrivacyRequest{Topic: v.r.PostFormValue("topic")}
	if id, err := strconv.ParseInt(v.r.PostFormValue("customer"), 10, 64); err == nil {
		in.UserID = &id
	}
	if in.UserID == nil && in.Topic != api.TopicShopRedact {
		return v.showPrivacy(http.StatusUnprocessableEntity, privacyData{Complaint: "Choose a customer first. Nobody was asked."})
	}
	made, err := v.session.AskPrivacy(v.r.Context(), v.store.StoreID, in)
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Status == http.StatusNotFound:
		return v.showPrivacy(http.StatusUnprocessableEntity, privacyData{Complaint: "This customer is not in the store any more. Nobody was asked."})
	case ok && refused.Code == api.CodeValidation:
		return v.showPrivacy(http.StatusUnprocessableEntity, privacyData{Complaint: refused.Message + " Nobody was asked."})
	case err != nil:
		return err
	}
	if len(made.Apps) == 0 {
		return v.done("info", "The request is noted, but no app could be told: none has an address for it.", v.path("/settings/privacy"))
	}
	return v.done("success", fmt.Sprintf("%s told. Below you see when the message has arrived.", isOrAre(made.Apps)), v.path("/settings/privacy"))
}

// isOrAre names apps, each once, as the subject of a sentence.
func isOrAre(apps []api.PrivacyApp) string {
	var names []string
	for _, app := range apps {
		if !slices.Contains(names, app.Name) {
			names = append(names, app.Name)
		}
	}
	if len(names) == 1 {
		return names[0] + " is"
	}
	return page.And(names) + " are"
}
