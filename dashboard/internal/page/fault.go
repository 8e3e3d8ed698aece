package page

import (
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// FaultEffect is something that goes wrong on purpose, as people choose it.
type FaultEffect struct {
	On, Name string // as the API writes them
	Label    string
	What     string // happens, in a sentence
}

// Value names an effect in a form: names alone could be of either kind.
func (e FaultEffect) Value() string { return e.On + ":" + e.Name }

// FaultKind is the effects on one kind of thing.
type FaultKind struct {
	Label   string
	Effects []FaultEffect
}

// FaultKinds are all that can go wrong on purpose.
var FaultKinds = []FaultKind{
	{"Webhooks", []FaultEffect{
		{api.FaultOnWebhook, api.FaultDrop, "Drop", "Nothing is sent; the attempt fails as if nobody had answered."},
		{api.FaultOnWebhook, api.FaultDelay, "Delay", "Sent after a while."},
		{api.FaultOnWebhook, api.FaultDuplicate, "Send twice", "Sent twice, with the same ids."},
		{api.FaultOnWebhook, api.FaultReorder, "Change the order", "Sent after the next attempt to the same address."},
		{api.FaultOnWebhook, api.FaultTruncate, "Cut off", "The second half of the body is missing."},
		{api.FaultOnWebhook, api.FaultWrongSignature, "Wrong signature", "Signed with another secret."},
		{api.FaultOnWebhook, api.FaultStaleTimestamp, "Stale timestamp", "Signed an hour ago."},
		{api.FaultOnWebhook, api.FaultWrongContentType, "Wrong content type", "Sent as text/plain."},
	}},
	{"API calls", []FaultEffect{
		{api.FaultOnAPI, api.FaultRateLimited, "429 Too many requests", "Refused with Retry-After."},
		{api.FaultOnAPI, api.FaultServerError, "500 Internal error", "Answered with an error of the platform."},
		{api.FaultOnAPI, api.FaultUnavailable, "503 Unavailable", "Refused with Retry-After."},
		{api.FaultOnAPI, api.FaultSlow, "Slow", "Answered after a while."},
		{api.FaultOnAPI, api.FaultReset, "Connection cut", "Cut off without an answer."},
	}},
}

// Fault is how a rule's effect is shown; one that is not known stands for
// itself.
func Fault(on, effect string) FaultEffect {
	for _, kind := range FaultKinds {
		for _, e := range kind.Effects {
			if e.On == on && e.Name == effect {
				return e
			}
		}
	}
	return FaultEffect{On: on, Name: effect, Label: words(effect)}
}

// FaultWhen says on which of its matches a rule acts.
func FaultWhen(f api.Fault) string {
	switch {
	case f.First == 1:
		return "The first time"
	case f.First > 0:
		return "The first " + group(f.First) + " times"
	case f.Every > 1:
		return "Every " + ordinal(f.Every) + " time"
	}
	return "Every time"
}

// ordinal writes "2nd", "11th", "103rd".
func ordinal(n int) string {
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
