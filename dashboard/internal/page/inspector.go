package page

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

var inspectedKinds = map[string]Status{
	api.InspectedOAuth:     {Label: "OAuth", Icon: "shield"},
	api.InspectedAPI:       {Label: "API", Icon: "plug"},
	api.InspectedWebhook:   {Label: "Webhook", Icon: "send"},
	api.InspectedBridge:    {Label: "Bridge", Icon: "frame"},
	api.InspectedExtension: {Label: "Extension", Icon: "apps"},
	api.InspectedEvent:     {Label: "Event", Icon: "circle-dot"},
	api.InspectedBilling:   {Label: "Billing", Icon: "cash"},
	api.InspectedSandbox:   {Label: "Sandbox", Icon: "settings"},
}

var verdicts = map[string]Status{
	api.VerdictAccepted: {Label: "Accepted", Icon: "check-circle", Tone: "success"},
	api.VerdictWarned:   {Label: "Warning", Icon: "info", Tone: "warning"},
	api.VerdictRefused:  {Label: "Refused", Icon: "x-circle", Tone: "danger"},
	api.VerdictFailed:   {Label: "Failed", Icon: "alert", Tone: "danger"},
}

// Inspected is how a kind of entry of the inspector is shown.
func Inspected(kind string) Status { return lookUp(inspectedKinds, kind) }

// verdictList is what a list may be narrowed down to.
func verdictList() (list []Status) {
	for _, name := range api.InspectorVerdicts {
		list = append(list, verdict(name))
	}
	return list
}

// wireName is what the first message of an entry is.
func wireName(kind string) string {
	switch kind {
	case api.InspectedBridge:
		return "Message"
	case api.InspectedEvent, api.InspectedBilling:
		return "Body of the webhook"
	}
	return "Request"
}

// size writes a number of bytes.
func size(n int64) string {
	if n < 1<<10 {
		return count(int(n), "byte")
	}
	return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KiB"
}

func verdict(name string) Status { return lookUp(verdicts, name) }

// moment writes an instant to the millisecond, without its day.
func moment(t api.Time) (template.HTML, error) { return timeElement(t, "15:04:05.000") }

// wireHeaders writes headers as they stand on the wire, one a line.
func wireHeaders(list []api.InspectorHeader) string {
	lines := make([]string, len(list))
	for i, h := range list {
		lines[i] = h.Name + ": " + h.Value
	}
	return strings.Join(lines, "\n")
}
