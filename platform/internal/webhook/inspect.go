package webhook

import (
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/inspect"
)

// inspected is an attempt for those who look on. The bytes that were sent stand
// with the delivery.
func inspected(c *claimed, a answer, out outcome) api.InspectorDetail {
	took := a.took.Milliseconds()
	d := api.InspectorDetail{
		Request: inspect.Message(a.request, c.body, int64(len(c.body))),
	}
	d.Kind, d.Title, d.Verdict, d.Note = api.InspectedWebhook, c.topic+" → "+loggable(c.targetURL), api.VerdictAccepted, outcomeSentence(c, a, out)
	d.StoreID, d.AppID, d.DeliveryID, d.EventID, d.Milliseconds = &c.storeID, c.appID, &c.id, &c.eventID, &took
	if a.status != 0 {
		d.Status = &a.status
		d.Response = inspect.Message(a.response, a.body, int64(len(a.body)))
	}
	if a.fault != nil {
		d.FaultID = &a.fault.ID
	}
	switch {
	case a.verdict() == 0 || a.status >= http.StatusInternalServerError:
		d.Verdict = api.VerdictFailed
	case out.status != api.DeliveryDelivered:
		d.Verdict = api.VerdictRefused
	}
	return d
}

// outcomeSentence says what follows from an attempt.
func outcomeSentence(c *claimed, a answer, out outcome) string {
	text := a.problem
	if text == "" && out.status != api.DeliveryDelivered {
		text = fmt.Sprintf("the app answered %d", a.status)
	}
	switch {
	case text == "" && c.number == 1:
		return ""
	case text == "":
		return fmt.Sprintf("Delivered with attempt %d.", c.number)
	case !out.next.IsZero():
		return fmt.Sprintf("Attempt %d: %s. The next is due at %s.", c.number, text, out.next.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("Attempt %d: %s. It was the last.", c.number, text)
}
