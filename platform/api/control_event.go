package api

import "encoding/json"

// SandboxEvent is a recorded event as the control API shows it.
type SandboxEvent struct {
	Seq       int64           `json:"seq"`
	EventID   string          `json:"event_id"`
	Topic     string          `json:"topic"`
	StoreID   int64           `json:"store_id"`
	AppID     *int64          `json:"app_id"` // set when only this app is told
	CreatedAt Time            `json:"created_at"`
	Body      json.RawMessage `json:"body"` // exactly what webhooks carry
}

// SandboxTrigger is the body of POST /_sandbox/trigger. The platform makes the
// real change that the topic tells of.
type SandboxTrigger struct {
	Topic   string `json:"topic"`
	StoreID int64  `json:"store_id"` // the first demo store when absent
	App     string `json:"app"`      // slug, for topics of one app; the first installed one when absent
}

// SandboxTriggered is the answer to POST /_sandbox/trigger.
type SandboxTriggered struct {
	Topic   string       `json:"topic"`
	StoreID int64        `json:"store_id"`
	Change  string       `json:"change"` // what was done, as a sentence
	Event   SandboxEvent `json:"event"`
	// Deliveries is how many subscriptions the event goes to.
	Deliveries int `json:"deliveries"`
}

// SandboxTopic is a topic that POST /_sandbox/trigger can make happen.
type SandboxTopic struct {
	Topic  string `json:"topic"`
	Change string `json:"change"` // what it would do, as a sentence
}

// SandboxResent is the answer to a resend: the deliveries it made.
type SandboxResent struct {
	EventID    string     `json:"event_id"`
	Deliveries []Delivery `json:"deliveries"`
}
