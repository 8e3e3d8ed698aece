package api

// Kinds of entries of the inspector.
const (
	InspectedOAuth     = "oauth"     // consent, codes, tokens and session tokens
	InspectedAPI       = "api"       // calls that apps make
	InspectedExtension = "extension" // what extensions ask for, and their deployment
	InspectedWebhook   = "webhook"   // attempts to deliver
	InspectedEvent     = "event"     // what happened in a store
	InspectedBilling   = "billing"   // what happened to a charge or a subscription
	InspectedBridge    = "bridge"    // messages between an app's page and the dashboard
	InspectedSandbox   = "sandbox"   // the developer's own hand: clock, faults, triggers, resets
)

// InspectorKinds lists them in the order in which they are offered.
var InspectorKinds = []string{
	InspectedOAuth, InspectedAPI, InspectedWebhook, InspectedBridge, InspectedExtension, InspectedEvent, InspectedBilling, InspectedSandbox,
}

// Verdicts of entries.
const (
	VerdictAccepted = "accepted"
	VerdictWarned   = "warned"  // accepted, and something about it is not right
	VerdictRefused  = "refused" // the caller has to change something
	VerdictFailed   = "failed"  // the other side has: no answer, or 5xx
)

// InspectorVerdicts lists them.
var InspectorVerdicts = []string{VerdictAccepted, VerdictWarned, VerdictRefused, VerdictFailed}

// InspectorProblem asks for entries of every verdict but accepted.
const InspectorProblem = "problem"

// InspectorEntry is one thing that the platform saw.
type InspectorEntry struct {
	// Seq grows with every entry. It is given once, even across restarts.
	Seq     int64  `json:"seq"`
	At      Time   `json:"at"` // machine time
	Kind    string `json:"kind"`
	Verdict string `json:"verdict"`
	// Title names it in a line: "GET /api/apps/v1/orders?limit=5", "order.created".
	Title string `json:"title"`
	// Note is what is to be known about it, as a sentence; often empty.
	Note    string `json:"note"`
	AppID   *int64 `json:"app_id"`
	App     string `json:"app"` // its name
	StoreID *int64 `json:"store_id"`
	// Status is that of the answer of HTTP, null for what is no call or has none.
	Status *int `json:"status"`
	// Milliseconds is how long the answer took.
	Milliseconds *int64 `json:"milliseconds"`
	// RequestID is in the answer's X-Request-Id and in the log.
	RequestID *string `json:"request_id"`
	FaultID   *int64  `json:"fault_id"` // the rule that acted on it
	// DeliveryID and EventID say where more is known.
	DeliveryID *int64  `json:"delivery_id"`
	EventID    *string `json:"event_id"`
}

// InspectorDetail is an entry with what went over the wire. Secrets and tokens
// are masked: their first characters stand, the rest was never kept.
type InspectorDetail struct {
	InspectorEntry
	Request  *InspectorMessage `json:"request"`
	Response *InspectorMessage `json:"response"`
	// Curl makes the same call in a shell, with variables for what is masked;
	// empty for what is no call.
	Curl string `json:"curl"`
}

// InspectorMessage is a request, an answer, or a message of the bridge.
type InspectorMessage struct {
	Headers []InspectorHeader `json:"headers"`
	// Body is the beginning of it, as text.
	Body string `json:"body"`
	// Size is that of the whole body, in bytes.
	Size int64 `json:"size"`
}

// InspectorHeader is a header with one of its values.
type InspectorHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// InspectorMark is a message of the inspector's live feed: there are entries
// up to Seq.
type InspectorMark struct {
	Seq int64 `json:"seq"`
}

// InspectorCleared is the answer to DELETE /api/sandbox/inspector.
type InspectorCleared struct {
	Cleared int `json:"cleared"`
}

// InspectorBridge is the body of POST /api/sandbox/inspector/bridge: messages
// that the dashboard's page exchanged with an app's, oldest first.
type InspectorBridge struct {
	AppID    int64           `json:"app_id"`
	Messages []BridgeMessage `json:"messages"`
}

// BridgeMessage is one of them.
type BridgeMessage struct {
	// Direction is from_app or to_app.
	Direction string `json:"direction"`
	Type      string `json:"type"`
	Origin    string `json:"origin"` // of who sent it
	Verdict   string `json:"verdict"`
	Note      string `json:"note"` // why it was refused, as a sentence
	// Data is the message as JSON.
	Data string `json:"data"`
}

// Directions of a BridgeMessage.
const (
	BridgeFromApp = "from_app"
	BridgeToApp   = "to_app"
)

// InspectorSummary is the last half hour of the inspector in figures.
type InspectorSummary struct {
	// Minutes are 30, the oldest first; the last is the present one.
	Minutes []InspectorMinute `json:"minutes"`
	// Calls are what was answered, by kind, in the order of InspectorKinds.
	Calls []InspectorCalls `json:"calls"`
}

// InspectorMinute counts the entries of a minute.
type InspectorMinute struct {
	At       Time `json:"at"` // its beginning, machine time
	Accepted int  `json:"accepted"`
	Problems int  `json:"problems"` // of every other verdict
}

// InspectorCalls says how many calls of a kind there were and how long their
// answers took: half of them P50 milliseconds or less, 99 of 100 P99.
type InspectorCalls struct {
	Kind     string `json:"kind"`
	Count    int    `json:"count"`
	Problems int    `json:"problems"`
	P50      int64  `json:"p50_ms"`
	P99      int64  `json:"p99_ms"`
}
