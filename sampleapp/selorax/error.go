package selorax

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a refusal of the platform.
type Error struct {
	Status    int    `json:"status"`
	Code      string `json:"code"` // stable, such as insufficient_scope
	Message   string `json:"message"`
	RequestID string `json:"request_id"`
	// Errors are what is wrong with a set of extensions, as sentences.
	Errors []string `json:"errors"`
	// OAuth is the error name of RFC 6749, such as invalid_grant. Only OAuth
	// endpoints set it.
	OAuth string `json:"error"`
	// Balance and Required say what there is and what it takes, where there is
	// too little: see Shortfall.
	Balance  Money `json:"balance"`
	Required Money `json:"required"`
	// RetryAfter is how long the platform asked to wait; 0: it did not say.
	RetryAfter time.Duration `json:"-"`
}

// Error names what was refused and the request id to ask about.
func (e *Error) Error() string {
	text := fmt.Sprintf("the platform answered %d %s: %s", e.Status, e.Code, e.Message)
	if e.RequestID != "" {
		text += " (request " + e.RequestID + ")"
	}
	return text
}

// IsUnauthorized reports whether the platform did not accept the access token.
func IsUnauthorized(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusUnauthorized
}

// IsForbidden reports whether the merchant has not given the scope that a call
// needs.
func IsForbidden(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusForbidden
}

// IsNotFound reports whether there is no such record in the store. What
// belongs to another store is not found either.
func IsNotFound(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusNotFound
}

// IsConflict reports whether the platform knows the idempotency key with other
// content.
func IsConflict(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusConflict
}

// IsRevoked reports whether a refresh or an exchange failed for good: what was
// presented will never work again.
func IsRevoked(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && (refused.OAuth == "invalid_grant" || refused.Code == "not_installed")
}

// unreachable is a call without a complete answer.
type unreachable struct{ cause error }

func (u *unreachable) Error() string { return "no answer from the platform: " + u.cause.Error() }
func (u *unreachable) Unwrap() error { return u.cause }

// refusal reads an error answer. What is not the platform's JSON, such as a
// proxy's page, keeps its status alone.
func refusal(resp *http.Response, body []byte) error {
	e := &Error{}
	if json.Unmarshal(body, e) != nil {
		e = &Error{}
	}
	e.Message = cmp.Or(e.Message, e.OAuth, http.StatusText(resp.StatusCode))
	e.Status = resp.StatusCode
	if e.RequestID == "" {
		e.RequestID = resp.Header.Get("X-Request-Id")
	}
	e.RetryAfter = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	return e
}

// retryAfter reads seconds or an HTTP date.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
