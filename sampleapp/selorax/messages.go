package selorax

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
)

// Channels of messages.
const (
	SMS   = "sms"
	Email = "email"
	Push  = "push"
)

// NewMessage is a message to a customer of the store: by UserID, or to an
// address that To names.
type NewMessage struct {
	UserID  int64  `json:"user_id,omitempty"`
	To      string `json:"to,omitempty"`      // a phone, an email address or a device token
	Subject string `json:"subject,omitempty"` // of an email; the title of a push; an SMS has none
	Message string `json:"message"`
	// Metadata comes back with the message, in its webhooks too.
	Metadata map[string]any `json:"metadata,omitempty"`
	// IdempotencyKey sends one message, however often the call is made. Only a
	// call with a key is repeated when the platform does not answer.
	IdempotencyKey string `json:"-"`
}

// Message is a message that the platform has taken.
type Message struct {
	MessageID int64           `json:"message_id"`
	Status    string          `json:"status"`   // queued | sent | delivered | failed
	Segments  int             `json:"segments"` // of an SMS: what a carrier counts
	To        string          `json:"to"`       // with Client.Message
	Error     string          `json:"error"`    // why it failed
	Metadata  json.RawMessage `json:"metadata"`
}

// MessageEvent is the data of the webhooks message.delivered and
// message.failed.
type MessageEvent struct {
	MessageID int64   `json:"message_id"`
	Status    string  `json:"status"` // delivered | failed
	Message   Message `json:"message"`
}

// Send sends a message by a channel. It is queued: message.delivered or
// message.failed tell what became of it. Scope manage:messaging.
func (c *Client) Send(ctx context.Context, accessToken, channel string, n NewMessage) (Message, error) {
	var answer struct{ Data Message }
	body, err := json.Marshal(n)
	if err != nil {
		return Message{}, err
	}
	err = c.do(ctx, request{
		method: http.MethodPost, path: "/apps/v1/messaging/" + channel, accessToken: accessToken, body: body,
		key: n.IdempotencyKey, repeatable: n.IdempotencyKey != "",
	}, &answer)
	return answer.Data, err
}

// Message returns a message of the app. Scope manage:messaging.
func (c *Client) Message(ctx context.Context, accessToken string, messageID int64) (Message, error) {
	var answer struct{ Data Message }
	err := c.get(ctx, accessToken, "/apps/v1/messaging/messages/"+strconv.FormatInt(messageID, 10), nil, &answer)
	return answer.Data, err
}
