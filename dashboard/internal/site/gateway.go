package site

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/session"
)

// gatewayData is a payment on the simulated gateway.
type gatewayData struct {
	api.StoreCharge
	Method api.PaymentMethod
	Trial  bool   // nothing is collected: the method is confirmed
	Place  string // of the charge's own page
}

// paid is what the merchant reads after a payment, by where it leads back.
var paid = map[string]session.Flash{
	api.ReturnSuccess:   {Tone: "success", Text: "The payment is made, with test money."},
	api.ReturnFailed:    {Tone: "danger", Text: "The payment failed. Nothing was paid; the charge still waits for it."},
	api.ReturnCancelled: {Tone: "info", Text: "You left the payment. Nothing was paid; the charge still waits for it."},
}

// gateway shows the payment of a charge that is approved, or frozen. What cannot
// be paid is explained on the charge's page.
func (v *visit) gateway() error {
	charge, err := v.findCharge()
	if err != nil {
		return err
	}
	if !slices.Contains(charge.Actions, api.ActionPay) {
		http.Redirect(v.w, v.r, v.chargePath(charge), http.StatusSeeOther)
		return nil
	}
	data := gatewayData{StoreCharge: charge, Place: v.chargePath(charge), Trial: startsTrial(charge)}
	if data.Method, err = v.session.PaymentMethod(v.r.Context(), v.store.StoreID); err != nil {
		return err
	}
	return v.show("bare/gateway", "Payment", "", data, policy{form: onToApp})
}

// startsTrial reports whether a payment only confirms the method.
func startsTrial(c api.StoreCharge) bool {
	return c.Status == api.ChargePending && c.TrialDays != nil && *c.TrialDays > 0
}

func (v *visit) payCharge() error {
	charge, err := v.findCharge()
	if err != nil {
		return err
	}
	outcome := v.r.PostFormValue("outcome")
	if !slices.Contains([]string{api.PaymentPay, api.PaymentFail, api.PaymentCancel, api.PaymentSaved}, outcome) {
		return &problem{Status: http.StatusBadRequest, Icon: "alert", Title: "The payment was not answered", Sentence: "Go back, and choose how the payment ends. Nothing was paid."}
	}
	result, err := v.session.PayCharge(v.r.Context(), charge.ChargeID, outcome)
	if err != nil {
		return v.refusedCharge(charge, err)
	}
	return v.leave(result, v.saidOf(charge, outcome, result.Charge))
}

// saidOf is what the merchant reads of a payment's end.
func (v *visit) saidOf(before api.StoreCharge, outcome string, after api.StoreCharge) session.Flash {
	switch {
	case outcome == api.PaymentCancel:
		return paid[api.ReturnCancelled]
	case after.Status == before.Status:
		return paid[api.ReturnFailed]
	case after.PaymentsMade == 0: // a trial, if nobody began it just before
		return session.Flash{Tone: "success", Text: "The trial has begun. Nothing was collected."}
	}
	return paid[api.ReturnSuccess]
}
