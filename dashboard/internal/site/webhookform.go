package site

import (
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// webhookForm is what people write about a webhook of their own, and what is
// wrong with it.
type webhookForm struct {
	Name, URL string
	Topics    []string          // one of them where a webhook is changed
	Errors    map[string]string // by field: name, url, topics
	Refused   string            // what is wrong with the whole, "" where nothing is
	Once      string
	Place     string // of the webhook that is changed, "" of a new one
}

// Groups are the topics to choose from.
func (webhookForm) Groups() []page.TopicGroup { return page.MerchantTopics() }

// Chosen reports whether a topic is.
func (f webhookForm) Chosen(topic string) bool { return slices.Contains(f.Topics, topic) }

func sentWebhook(r *http.Request) webhookForm {
	f := webhookForm{Name: strings.TrimSpace(r.PostFormValue("name")), URL: strings.TrimSpace(r.PostFormValue("url"))}
	f.Topics = append([]string{}, r.PostForm["topics"]...)
	return f
}

func (f webhookForm) input(storeID int64) api.NewMerchantSubscriptions {
	in := api.NewMerchantSubscriptions{StoreID: storeID, EventTopics: f.Topics, TargetURL: f.URL}
	if f.Name != "" {
		in.Name = &f.Name
	}
	return in
}

func (f webhookForm) update() api.SubscriptionUpdate {
	in := api.SubscriptionUpdate{TargetURL: api.To(f.URL), EventTopic: api.To(strings.Join(f.Topics, ",")), Name: api.Change[string]{Given: true}}
	if f.Name != "" {
		in.Name = api.To(f.Name)
	}
	return in
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *webhookForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Code == api.CodeConflict:
		f.Refused = refused.Message
		return true
	case !ok || refused.Code != api.CodeValidation:
		return false
	}
	f.Errors = map[string]string{}
	for _, e := range refused.Errors {
		switch field, _, _ := strings.Cut(e.Field, "["); {
		case field == "name":
			f.Errors["name"] = "The name " + e.Message + "."
		case field == "target_url":
			f.Errors["url"] = "The URL " + e.Message + "."
		case len(f.Topics) == 0:
			f.Errors["topics"] = "Choose at least one event."
		default:
			f.Errors["topics"] = "The event " + e.Message + "."
		}
	}
	f.Refused = "Correct what is marked below."
	return true
}

func (v *visit) newWebhook() error { return v.showNewWebhook(http.StatusOK, webhookForm{}) }

func (v *visit) showNewWebhook(status int, form webhookForm) error {
	form.Once = v.cookies.Once(v.w, v.r)
	return v.answer(status, "shell/webhook-new", "Add webhook", "settings", form, policy{})
}

// createWebhook answers with the secrets: they are in no cookie and no address.
// A reload sends the form again, which then is refused.
func (v *visit) createWebhook() error {
	form := sentWebhook(v.r)
	if !v.cookies.IsOnce(v.r, v.r.PostFormValue("once")) {
		form.Refused = "This form was sent already. Look for the webhook in the list; its secret was shown once, and you can rotate it there."
		return v.showNewWebhook(http.StatusConflict, form)
	}
	created, err := v.session.CreateSubscriptions(v.r.Context(), form.input(v.store.StoreID))
	if form.complain(err) {
		return v.showNewWebhook(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return v.showSecrets(v.webhookSecrets(created))
}

func (v *visit) editWebhook() error {
	sub, err := v.findOwn()
	if err != nil {
		return err
	}
	form := webhookForm{URL: sub.TargetURL, Topics: []string{sub.EventTopic}}
	if sub.Name != nil {
		form.Name = *sub.Name
	}
	return v.showEdit(http.StatusOK, sub, form)
}

func (v *visit) showEdit(status int, sub api.SubscriptionWithSecret, form webhookForm) error {
	form.Place = v.webhookPath(sub.SubscriptionID)
	return v.answer(status, "shell/webhook-edit", "Edit webhook", "settings", form, policy{})
}

func (v *visit) updateWebhook() error {
	sub, err := v.findOwn()
	if err != nil {
		return err
	}
	form := sentWebhook(v.r)
	_, err = v.session.UpdateSubscription(v.r.Context(), sub.SubscriptionID, form.update())
	if form.complain(err) {
		return v.showEdit(http.StatusUnprocessableEntity, sub, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The webhook is changed. Deliveries that wait go to the new address too.", v.webhookPath(sub.SubscriptionID))
}
