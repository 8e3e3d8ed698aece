package platform

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// ErrUnreachable means that the platform gave no usable answer: nothing
// listens, it took too long, or what answered was not the platform.
var ErrUnreachable = errors.New("the platform cannot be reached")

// Error is a refusal of the platform.
type Error api.Error

// Error describes the refusal for the log.
func (e *Error) Error() string {
	return fmt.Sprintf("platform answered %d %s: %s (request %s)", e.Status, e.Code, e.Message, e.RequestID)
}

// Refusal returns the platform's refusal in err, if it is one.
func Refusal(err error) (*Error, bool) {
	var e *Error
	return e, errors.As(err, &e)
}

// IsStatus reports whether err is a refusal with this HTTP status.
func IsStatus(err error, status int) bool {
	e, ok := Refusal(err)
	return ok && e.Status == status
}

// IsSignedOut reports whether err says that the dashboard session is missing
// or has ended.
func IsSignedOut(err error) bool {
	e, ok := Refusal(err)
	return ok && e.Status == http.StatusUnauthorized && (e.Code == api.CodeSessionRequired || e.Code == api.CodeMissingToken)
}
