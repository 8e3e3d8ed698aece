package fault

import (
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

// Effects by what they apply to.
var effects = map[string][]string{
	api.FaultOnWebhook: {
		api.FaultDrop, api.FaultDelay, api.FaultDuplicate, api.FaultReorder, api.FaultTruncate,
		api.FaultWrongSignature, api.FaultStaleTimestamp, api.FaultWrongContentType,
	},
	api.FaultOnAPI: {api.FaultRateLimited, api.FaultServerError, api.FaultUnavailable, api.FaultSlow, api.FaultReset},
}

// Call is what a rule may apply to: an attempt of a webhook, or a call of the
// API.
type Call struct {
	On      string
	AppID   int64  // 0: none, as of a merchant's own webhook
	StoreID int64  // 0: unknown, as at the token endpoint
	Topic   string // of a webhook
	Signed  bool   // of a webhook: in headers
	Method  string // of a call
	Path    string // of a call, as its route is registered
}

// Rule is a stored rule.
type Rule struct {
	ID    int64
	AppID int64 // 0: any
	api.NewFault
}

// matches reports whether a rule applies to a call. What is empty in a rule
// matches everything.
func (r Rule) matches(c Call) bool {
	return r.On == c.On &&
		(r.AppID == 0 || r.AppID == c.AppID) &&
		(r.StoreID == 0 || r.StoreID == c.StoreID) &&
		(r.Topic == "" || r.Topic == c.Topic) &&
		(r.Route == "" || r.Route == c.Path || r.Route == c.Method+" "+c.Path) &&
		(c.Signed || !r.needsSignature())
}

// needsSignature reports whether the effect is one on a signature in headers.
func (r Rule) needsSignature() bool {
	return r.On == api.FaultOnWebhook && slices.Contains([]string{api.FaultWrongSignature, api.FaultStaleTimestamp}, r.Effect)
}

// acts reports whether a rule acts on its n-th match, from 1.
func (r Rule) acts(n int) bool {
	switch {
	case r.First > 0:
		return n <= r.First
	case r.Every > 0:
		return n%r.Every == 0
	}
	return true
}
