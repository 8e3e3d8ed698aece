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
	Place string // of the charge's own page
}

// paid is what the merchant reads after each outcome of a payment.
var paid = map[string]session.Flash{
	api.PaymentPay:    {Tone: "success", Text: "The payment is made, with test money."},
	api.PaymentFail:   {Tone: "danger", Text: "The payment failed. Nothing was paid; the charge still waits for it."},
	api.PaymentCancel: {Tone: "info", Text: "You left the payment. Nothing was paid; the charge still waits for it."},
}

// gateway shows the payment of a charge that is approved. What cannot be paid
// is explained on the charge's page.
func (v *visit) gateway() error {
	charge, err := v.findCharge()
	if err != nil {
		return err
	}
	if !slices.Contains(charge.Actions, api.ActionPay) {
		http.Redirect(v.w, v.r, v.chargePath(charge), http.StatusSeeOther)
		return nil
	}
	return v.show("bare/gateway", "Payment", "", gatewayData{charge, v.chargePath(charge)}, policy{form: onToApp})
}

func (v *visit) payCharge() error {
	charge, err := v.findCharge()
	if err != nil {
		return err
	}
	outcome := v.r.PostFormValue("outcome")
	said, known := paid[outcome]
	if !known {
		return &problem{Status: http.StatusBadRequest, Icon: "alert", Title: "The payment was not answered", Sentence: "Go back, and choose how the payment ends. Nothing was paid."}
	}
	result, err := v.session.PayCharge(v.r.Context(), charge.ChargeID, outcome)
	if err != nil {
		return v.refusedCharge(charge, err)
	}
	return v.leave(result, said)
}
