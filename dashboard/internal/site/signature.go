package site

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// signatureData is how one attempt of a delivery was signed, and what the
// developer's app made of it.
type signatureData struct {
	api.SignatureExplanation
	Tabs            []page.Tab // one for each attempt, none where there is one
	Place           string     // of the form
	Signature, Body string     // as they were sent
	Errors          map[string]string
}

// signature loads the explanation that the path and the form ask for, for a
// delivery that was found.
func (v *visit) signature(deliveryID int64, in api.ExplainRequest) (*signatureData, error) {
	place := v.deliveryPath(deliveryID)
	found, err := v.session.Explain(v.r.Context(), deliveryID, in)
	if err != nil {
		return nil, err
	}
	data := &signatureData{SignatureExplanation: found, Place: attemptPath(place, found.Attempt) + "#compare"}
	if found.Attempts > 1 {
		for n := 1; n <= found.Attempts; n++ {
			data.Tabs = append(data.Tabs, page.Tab{URL: attemptPath(place, n) + "#signature", Label: "Attempt " + strconv.Itoa(n), Current: n == found.Attempt})
		}
	}
	return data, nil
}

func attemptPath(place string, attempt int) string {
	if attempt == 0 {
		return place
	}
	return place + "?attempt=" + strconv.Itoa(attempt)
}

// explainSignature compares what an app computed with what was sent. Nothing
// is changed, so that a reload may send the form again.
func (v *visit) explainSignature() error {
	d, err := v.findDelivery()
	if err != nil {
		return err
	}
	in := api.ExplainRequest{Attempt: v.attempt(), Signature: strings.TrimSpace(v.r.PostFormValue("signature"))}
	body := strings.ReplaceAll(v.r.PostFormValue("body"), "\r\n", "\n") // forms write lines so
	if body != "" {
		in.Body = &body
	}
	data, err := v.signature(d.DeliveryID, in)
	wrong := signatureErrors(in, err)
	if wrong != nil {
		data, err = v.signature(d.DeliveryID, api.ExplainRequest{Attempt: in.Attempt})
	}
	if err != nil {
		return err
	}
	data.Signature, data.Body, data.Errors = in.Signature, body, wrong
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return v.showDelivery(status, d, data)
}

// signatureErrors are what is wrong with the form, by field.
func signatureErrors(in api.ExplainRequest, err error) map[string]string {
	if err == nil && in.Signature == "" && in.Body == nil {
		return map[string]string{"signature": "Paste what your app computed, or the body that it signed."}
	}
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeValidation {
		return nil
	}
	wrong := map[string]string{}
	for _, e := range refused.Errors {
		wrong[e.Field] = "The " + e.Field + " " + e.Message + "."
	}
	return wrong
}
