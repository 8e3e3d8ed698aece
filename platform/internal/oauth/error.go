package oauth

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Refusal is an error answer of RFC 6749 section 5.2.
type Refusal struct {
	Status int
	Name   string // the standard's error code
	Code   string // the platform's code, equal to Name where it has none of its own
	Text   string
}

// Error returns the description.
func (r *Refusal) Error() string { return r.Text }

// The standard's error codes that these endpoints use.
const (
	invalidRequest       = "invalid_request"
	invalidGrant         = "invalid_grant"
	invalidScope         = "invalid_scope"
	unsupportedGrantType = "unsupported_grant_type"
	unsupportedResponse  = "unsupported_response_type"
	accessDenied         = "access_denied"
)

func refuse(name, text string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, Name: name, Code: name, Text: text}
}

// protocol answers refusals in the standard's form. No answer of these
// endpoints may be stored.
func (s *Service) protocol(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Pragma", "no-cache")
		err := h(w, r)
		if err == nil {
			return nil
		}
		refusal, ok := err.(*Refusal)
		if !ok {
			p := web.Problem(r, s.Log, err)
			web.RetryAfter(w, p)
			refusal = &Refusal{Status: p.Status, Name: standardName(p.Code), Code: p.Code, Text: p.Message}
		}
		if refusal.Status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", `Basic realm="SeloraX"`)
		}
		return web.JSON(w, refusal.Status, api.OAuthError{
			Error: refusal.Name, ErrorDescription: refusal.Text, Message: refusal.Text, Code: refusal.Code,
			Status: refusal.Status, RequestID: web.RequestID(r.Context()),
		})
	}
}

// standardName is the standard's word for a platform code.
func standardName(code string) string {
	switch code {
	case api.CodeInvalidClient:
		return code
	case api.CodeInternal:
		return "server_error"
	case api.CodeTryAgain, api.CodeRateLimited:
		return "temporarily_unavailable"
	}
	return invalidRequest
}
