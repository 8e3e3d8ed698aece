package site

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// deliveryData is everything that one delivery sent and got.
type deliveryData struct {
	api.DeliveryDetail
	Newest          []api.DeliveryAttempt // newest first
	Back, BackLabel string                // the way to whom it was sent for
	Place           string
	Signature       *signatureData // nil but for developers
}

func (v *visit) delivery() error {
	d, err := v.findDelivery()
	if err != nil {
		return err
	}
	var signature *signatureData
	if v.isDeveloper() {
		if signature, err = v.signature(d.DeliveryID, api.ExplainRequest{Attempt: v.attempt()}); err != nil {
			return err
		}
	}
	return v.showDelivery(http.StatusOK, d, signature)
}

// attempt is the one that the address names, or 0.
func (v *visit) attempt() int {
	n, err := strconv.Atoi(v.r.URL.Query().Get("attempt"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (v *visit) showDelivery(status int, d api.DeliveryDetail, signature *signatureData) (err error) {
	data := deliveryData{DeliveryDetail: d, Newest: slices.Clone(d.Attempts), Place: v.deliveryPath(d.DeliveryID), Signature: signature}
	slices.Reverse(data.Newest)
	if data.Back, data.BackLabel, err = v.backFrom(d.Delivery); err != nil {
		return err
	}
	return v.answer(status, "shell/delivery", "Delivery of "+d.EventTopic, "settings", data, policy{})
}

// backFrom leads from a delivery to its subscription, as long as there is one,
// or to its app.
func (v *visit) backFrom(d api.Delivery) (to, label string, err error) {
	all, err := v.session.Subscriptions(v.r.Context(), v.store.StoreID, 0)
	if err != nil {
		return "", "", err
	}
	if slices.ContainsFunc(all, func(s api.Subscription) bool { return d.SubscriptionID != nil && s.SubscriptionID == *d.SubscriptionID }) {
		return v.webhookPath(*d.SubscriptionID), page.TopicLabel(d.EventTopic), nil
	}
	if app := v.cardOf(d.AppID); app != nil && app.AppType != api.AppCustom {
		return v.path("/settings/apps/" + app.Slug), app.Name, nil
	}
	return v.path("/settings/webhooks"), "Webhooks", nil
}

// findDelivery is the delivery that the path names, if it is this store's.
func (v *visit) findDelivery() (api.DeliveryDetail, error) {
	d, err := v.session.Delivery(v.r.Context(), v.number("delivery"))
	if err == nil && d.StoreID != v.store.StoreID {
		return api.DeliveryDetail{}, missing
	}
	return d, err
}

// resend repeats a delivery, and shows the new one: in the list that the form
// stood in, or on a page of its own.
func (v *visit) resend() error {
	d, err := v.findDelivery()
	if err != nil {
		return err
	}
	to := v.deliveryPath(d.DeliveryID)
	back := v.r.PostFormValue("back")
	inList := strings.HasPrefix(back, v.path("/settings/"))
	if inList {
		to = back
	}
	again, err := v.session.Resend(v.r.Context(), d.DeliveryID)
	switch {
	case platform.IsStatus(err, http.StatusConflict):
		return v.done("danger", "Nothing was sent again: "+v.whyNotAgain(d, err), to)
	case err != nil:
		return err
	case !inList:
		to = v.deliveryPath(again.DeliveryID)
	}
	return v.done("success", "It is sent again. What the receiver answers appears here.", to)
}

// whyNotAgain is whyNot for a delivery, whose subscription may be gone.
func (v *visit) whyNotAgain(d api.DeliveryDetail, err error) string {
	var sub api.SubscriptionWithSecret
	if d.SubscriptionID != nil {
		if found, gone := v.session.Subscription(v.r.Context(), *d.SubscriptionID); gone == nil {
			sub = found
		}
	}
	return whyNot(sub.Subscription, err)
}

func (v *visit) deliveryPath(deliveryID int64) string {
	return v.path(fmt.Sprintf("/settings/webhooks/deliveries/%d", deliveryID))
}
