package api

import "encoding/json"

// Channels of messages.
const (
	ChannelSMS   = "sms"
	ChannelEmail = "email"
	ChannelPush  = "push"
)

// Channels lists them.
var Channels = []string{ChannelSMS, ChannelEmail, ChannelPush}

// Message states.
const (
	MessageQueued    = "queued"
	MessageSent      = "sent"
	MessageDelivered = "delivered"
	MessageFailed    = "failed"
)

// MessageStatuses lists them in the usual course.
var MessageStatuses = []string{MessageQueued, MessageSent, MessageDelivered, MessageFailed}

// NewMessage is the body of POST /api/apps/v1/messaging/sms, /email and /push.
// It names a customer or an address, not both.
type NewMessage struct {
	UserID   int64           `json:"user_id"`
	To       string          `json:"to"`       // a phone, an email address or a device token
	Subject  string          `json:"subject"`  // email: required; push: the title; sms: not allowed
	Message  string          `json:"message"`  // sms: at most 10 segments; email: 100,000 characters; push: 1,000
	Metadata json.RawMessage `json:"metadata"` // an object of at most 16 KiB, returned as it came
}

// MessageQueuedAnswer is the answer to a message that was taken (202).
type MessageQueuedAnswer struct {
	MessageID int64  `json:"message_id"`
	Status    string `json:"status"`
	Segments  *int   `json:"segments,omitempty"` // sms: what a carrier counts
}

// Message is one message of an app to a customer of a store. Nothing leaves
// the sandbox: a simulated carrier moves it on.
type Message struct {
	MessageID   int64           `json:"message_id"`
	AppID       int64           `json:"app_id"`
	StoreID     int64           `json:"store_id"`
	UserID      *int64          `json:"user_id"`
	Channel     string          `json:"channel"`
	To          string          `json:"to"`
	Subject     *string         `json:"subject"`
	Message     string          `json:"message"`
	Segments    *int            `json:"segments"` // sms
	Encoding    *string         `json:"encoding"` // sms: gsm-7 | unicode
	Metadata    json.RawMessage `json:"metadata"` // an object or null
	Status      string          `json:"status"`
	Error       *string         `json:"error"` // why it failed
	CreatedAt   Time            `json:"created_at"`
	SentAt      *Time           `json:"sent_at"`
	DeliveredAt *Time           `json:"delivered_at"`
	FailedAt    *Time           `json:"failed_at"`
}

// InboxMessage is a message as the dashboard shows it (GET
// /api/stores/{store_id}/messages).
type InboxMessage struct {
	Message
	App AppCard `json:"app"`
}

// MessageEvent is the data of message.delivered and message.failed.
type MessageEvent struct {
	MessageID int64   `json:"message_id"`
	AppID     int64   `json:"app_id"`
	UserID    *int64  `json:"user_id"`
	Channel   string  `json:"channel"`
	To        string  `json:"to"`
	Status    string  `json:"status"`
	Error     *string `json:"error,omitempty"`
	Message   Message `json:"message"`
}
