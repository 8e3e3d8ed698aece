package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

func (p *Platform) listCharges(c call) (any, error) {
	list, q := []api.StoreCharge{}, c.URL.Query()
	for _, charge := range slices.Backward(p.charges) {
		app := int64(c.number("app_id", 0))
		if charge.StoreID == c.storeID && (app == 0 || charge.AppID == app) && (q.Get("status") == "" || charge.Status == q.Get("status")) &&
			(q.Get("type") == "" || charge.Type == q.Get("type")) {
			list = append(list, charge)
		}
	}
	return page(c, list)
}

func (p *Platform) charge(c call) (*api.StoreCharge, error) {
	for n := range p.charges {
		charge := &p.charges[n]
		own := slices.ContainsFunc(c.account.Stores, func(s api.StoreRef) bool { return s.StoreID == charge.StoreID })
		if charge.ChargeID == c.id("id") && own {
			return charge, nil
		}
	}
	return nil, notFound("No charge %s.", c.PathValue("id"))
}

func (p *Platform) getCharge(c call) (any, error) {
	charge, err := p.charge(c)
	if err != nil {
		return nil, err
	}
	return *charge, nil
}

// may returns the charge if the merchant may do this with it now.
func (p *Platform) may(c call, action string) (*api.StoreCharge, error) {
	charge, err := p.charge(c)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(charge.Actions, action):
		return nil, refuse(http.StatusConflict, api.CodeConflict, "Charge %d is %s: it cannot be answered with %s.", charge.ChargeID, charge.Status, action)
	}
	return charge, nil
}

func (p *Platform) approveCharge(c call) (any, error) {
	charge, err := p.may(c, api.ActionApprove)
	if err != nil {
		return nil, err
	}
	p.approve(charge, c.account.Name)
	return api.PaymentResult{Charge: *charge, RedirectURL: charge.ConfirmationURL + "/pay"}, nil
}

func (p *Platform) declineCharge(c call) (any, error) {
	charge, err := p.may(c, api.ActionDecline)
	if err != nil {
		return nil, err
	}
	p.end(charge, api.ChargeDeclined, "Declined by "+c.account.Name)
	return result(charge, api.ReturnCancelled), nil
}

func (p *Platform) cancelCharge(c call) (any, error) {
	charge, err := p.may(c, api.ActionCancel)
	if err != nil {
		return nil, err
	}
	var in api.CancelSubscription
	if _ = json.NewDecoder(c.Body).Decode(&in); in.AtPeriodEnd {
		charge.CancelAtPeriodEnd, charge.NextPaymentAt = true, nil
		p.step(charge, "cancel_requested", "It ends with its period")
		return api.PaymentResult{Charge: *charge, RedirectURL: charge.ConfirmationURL}, nil
	}
	reason := api.ReasonMerchant
	charge.CancelReason = &reason
	if charge.Type == api.ChargeRecurring && charge.Status != api.ChargePending {
		p.end(charge, api.ChargeCancelled, "Ended by "+c.account.Name)
		return api.PaymentResult{Charge: *charge, RedirectURL: charge.ConfirmationURL}, nil
	}
	p.end(charge, api.ChargeCancelled, "Cancelled by "+c.account.Name)
	return result(charge, api.ReturnCancelled), nil
}

func (p *Platform) payCharge(c call) (any, error) {
	charge, err := p.may(c, api.ActionPay)
	if err != nil {
		return nil, err
	}
	var in api.PaymentRequest
	_ = json.NewDecoder(c.Body).Decode(&in)
	if in.Outcome == api.PaymentSaved {
		in.Outcome = map[bool]string{true: api.PaymentPay, false: api.PaymentFail}[p.method(charge.StoreID).Behavior == api.MethodSucceeds]
	}
	switch in.Outcome {
	case api.PaymentPay:
		p.start(charge)
		return result(charge, api.ReturnSuccess), nil
	case api.PaymentFail:
		p.step(charge, "payment_failed", "The payment failed")
		return result(charge, api.ReturnFailed), nil
	case api.PaymentCancel:
		p.step(charge, "payment_cancelled", "The payment was cancelled")
		return result(charge, api.ReturnCancelled), nil
	}
	return nil, refuse(http.StatusBadRequest, api.CodeValidation, "outcome must be pay, fail or cancel")
}

// result leads back to the app.
func result(c *api.StoreCharge, payment string) api.PaymentResult {
	q := url.Values{"payment": {payment}, "charge_id": {fmt.Sprint(c.ChargeID)}}.Encode()
	join := "?"
	if strings.Contains(*c.ReturnURL, "?") {
		join = "&"
	}
	return api.PaymentResult{Charge: *c, RedirectURL: *c.ReturnURL + join + q}
}
