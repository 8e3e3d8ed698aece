package problem

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Problem is a refusal meant for the caller.
type Problem struct {
	Status     int
	Code       string
	Message    string
	Fields     []api.FieldError
	RetryAfter time.Duration
	Shortfall  *Shortfall
	Cause      error // for the log, never sent
}

// Shortfall says how much there is, and how much it takes.
type Shortfall struct{ Balance, Required api.Money }

// Error returns the message, with the cause for the log.
func (p *Problem) Error() string {
	if p.Cause != nil {
		return p.Message + ": " + p.Cause.Error()
	}
	return p.Message
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// New makes a problem of a status, a code of package api and a sentence.
func New(status int, code, format string, args ...any) *Problem {
	return &Problem{Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Unauthorized is 401 with one of the authentication codes.
func Unauthorized(code, message string) *Problem {
	return New(http.StatusUnauthorized, code, "%s", message)
}

// Forbidden is 403: the caller is known and may not do this.
func Forbidden(format string, args ...any) *Problem {
	return New(http.StatusForbidden, api.CodeForbidden, format, args...)
}

// InsufficientScope is 403 naming the scope that is missing.
func InsufficientScope(missing api.Scope) *Problem {
	return New(http.StatusForbidden, api.CodeInsufficientScope,
		"This call needs the scope %s. Add it to the app's requested scopes and have the merchant approve it.", missing)
}

// NotFound is 404. Records of other tenants are not found either.
func NotFound(noun string, id any) *Problem {
	return New(http.StatusNotFound, api.CodeNotFound, "No %s %v in this store.", noun, id)
}

// Conflict is 409: the record's state does not allow this.
func Conflict(format string, args ...any) *Problem {
	return New(http.StatusConflict, api.CodeConflict, format, args...)
}

// PaymentRequired is 402: there is less than it takes.
func PaymentRequired(code string, lack Shortfall, format string, args ...any) *Problem {
	p := New(http.StatusPaymentRequired, code, format, args...)
	p.Shortfall = &lack
	return p
}

// Validation is 400 with every bad field.
func Validation(fields ...api.FieldError) *Problem {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Field + " " + f.Message
	}
	p := New(http.StatusBadRequest, api.CodeValidation, "%s", "The request is not valid: "+strings.Join(parts, "; ")+".")
	p.Fields = fields
	return p
}

// Invalid is a Validation of one field.
func Invalid(field, format string, args ...any) *Problem {
	return Validation(api.FieldError{Field: field, Message: fmt.Sprintf(format, args...)})
}

// Is reports whether err is a Problem with the code.
func Is(err error, code string) bool {
	var p *Problem
	return errors.As(err, &p) && p.Code == code
}
