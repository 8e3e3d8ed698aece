package message

import (
	"bytes"
	"encoding/json"
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/phone"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds, in characters; of metadata in bytes.
const (
	maxSubject  = 255
	maxEmail    = 100_000
	maxPush     = 1_000
	maxToken    = 500
	maxMetadata = 16 << 10
)

// compose checks a message and brings it into the form in which it is kept.
// The recipient is checked elsewhere.
func compose(channel string, in api.NewMessage) (api.Message, error) {
	m := api.Message{Channel: channel, Message: in.Message, Metadata: in.Metadata, Status: api.MessageQueued}
	if in.UserID != 0 {
		m.UserID = &in.UserID
	}
	if in.Subject != "" {
		m.Subject = &in.Subject
	}
	var bad []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	require((in.UserID != 0) != (in.To != ""), "to", "or user_id is required, and not both")
	require(in.UserID >= 0, "user_id", "must be the id of a customer")
	require(strings.TrimSpace(in.Message) != "", "message", "must not be empty")
	require(utf8.RuneCountInString(in.Subject) <= maxSubject, "subject", "must have at most 255 characters")
	require(isObject(in.Metadata), "metadata", "must be a JSON object of at most 16384 bytes")
	length := utf8.RuneCountInString(in.Message)
	switch channel {
	case api.ChannelSMS:
		n, encoding := segments(in.Message)
		m.Segments, m.Encoding = &n, &encoding
		require(in.Subject == "", "subject", "is not part of an SMS")
		require(n <= maxSegments, "message", "must fit into 10 SMS segments: 1530 plain characters, 670 with Bangla or emoji")
	case api.ChannelEmail:
		require(strings.TrimSpace(in.Subject) != "", "subject", "is required")
		require(!strings.ContainsAny(in.Subject, "\r\n"), "subject", "must be one line")
		require(length <= maxEmail, "message", "must have at most 100000 characters")
	case api.ChannelPush:
		require(length <= maxPush, "message", "must have at most 1000 characters")
	}
	if bad != nil {
		return m, problem.Validation(bad...)
	}
	return m, nil
}

func isObject(raw json.RawMessage) bool {
	return len(raw) == 0 || len(raw) <= maxMetadata && (bytes.HasPrefix(raw, []byte("{")) || string(raw) == "null")
}

// address checks where a message goes and returns its one form.
func address(channel, to string) (string, error) {
	switch channel {
	case api.ChannelSMS:
		number, ok := phone.Normalize(to)
		if !ok {
			return "", problem.Invalid("to", phone.Rule)
		}
		return phone.International(number), nil
	case api.ChannelEmail:
		to = strings.ToLower(strings.TrimSpace(to))
		if a, err := mail.ParseAddress(to); err != nil || a.Address != to {
			return "", problem.Invalid("to", "must be an email address such as rahim@example.com")
		}
		return to, nil
	}
	if to = strings.TrimSpace(to); to == "" || len(to) > maxToken {
		return "", problem.Invalid("to", "must be a device token of 1 to 500 characters")
	}
	return to, nil
}

// addressOf is where a customer is reached.
func addressOf(channel string, c api.Customer) (string, error) {
	switch {
	case channel == api.ChannelSMS && c.Phone != nil:
		return phone.International(*c.Phone), nil
	case channel == api.ChannelEmail && c.Email != nil:
		return *c.Email, nil
	case channel == api.ChannelPush:
		return "customer-" + number(c.UserID), nil
	}
	missing := map[string]string{api.ChannelSMS: "phone", api.ChannelEmail: "email"}[channel]
	return "", problem.Invalid("user_id", "must be a customer with a known %s; customer %d has none", missing, c.UserID)
}
