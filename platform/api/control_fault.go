package api

// What a fault applies to.
const (
	FaultOnWebhook = "webhook"
	FaultOnAPI     = "api"
)

// Effects on a webhook attempt.
const (
	FaultDrop             = "drop"               // nothing is sent; the attempt fails as if nobody had answered
	FaultDelay            = "delay"              // sent after delay_ms of machine time
	FaultDuplicate        = "duplicate"          // sent twice, with the same ids
	FaultReorder          = "reorder"            // sent after the next attempt to the same target
	FaultTruncate         = "truncate"           // the second half of the body is cut off
	FaultWrongSignature   = "wrong_signature"    // signed with another secret
	FaultStaleTimestamp   = "stale_timestamp"    // signed an hour ago
	FaultWrongContentType = "wrong_content_type" // text/plain
)

// Effects on a call of an app to the API.
const (
	FaultRateLimited = "429"
	FaultServerError = "500"
	FaultUnavailable = "503"
	FaultSlow        = "slow"  // answered after delay_ms
	FaultReset       = "reset" // the connection is cut without an answer
)

// NewFault is the body of POST /_sandbox/faults. What is left out matches
// everything. A rule acts on each match, on the first First of them, or on
// every Every-th, never by chance.
type NewFault struct {
	On      string `json:"on"`     // webhook | api
	Effect  string `json:"effect"` // of that kind
	App     string `json:"app"`    // slug
	StoreID int64  `json:"store_id"`
	Topic   string `json:"topic"` // webhook only
	// Route is "METHOD /path" as the API document spells it, for api only:
	// "GET /api/apps/v1/orders/{order_id}". The method may be left out.
	Route string `json:"route"`
	First int    `json:"first"`
	Every int    `json:"every"` // 2: the second, the fourth, …
	// DelayMS is for delay, slow and reorder (how long to wait for the next
	// attempt), 1 to 20,000; 3,000 when absent.
	DelayMS int `json:"delay_ms"`
	// RetryAfterS is sent with 429 and 503, 0 to 3,600; 1 when absent.
	RetryAfterS *int `json:"retry_after_s"`
}

// Fault is a rule and how often it met.
type Fault struct {
	FaultID int64 `json:"fault_id"`
	NewFault
	Matches   int  `json:"matches"` // calls that it could have acted on
	Hits      int  `json:"hits"`    // those it did act on
	Spent     Flag `json:"spent"`   // first is used up
	CreatedAt Time `json:"created_at"`
}

// FaultsCleared is the answer to the deletion of faults.
type FaultsCleared struct {
	Cleared int64 `json:"cleared"` // how many
}
