package inspect

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// judge returns the verdict on a call and what is to be known about it.
func judge(x web.Exchange) (verdict, note string) {
	switch {
	case x.Status == 0:
		return api.VerdictFailed, "The connection was broken off before an answer."
	case x.Status >= http.StatusInternalServerError:
		return api.VerdictFailed, complaint(x)
	case x.Status >= http.StatusBadRequest:
		return api.VerdictRefused, complaint(x)
	}
	if refused := redirected(x.Header.Get("Location")); refused != "" {
		return api.VerdictRefused, refused
	}
	if warning := x.Header.Get(api.HeaderWarning); warning != "" {
		return api.VerdictWarned, warning
	}
	return api.VerdictAccepted, grants[grantOf(x)]
}

// grants say what a call of the token endpoint did.
var grants = map[string]string{
	"authorization_code": "A code became tokens.",
	"refresh_token":      "A refresh token became new tokens.",
	"client_credentials": "Client credentials became a token.",
}

func grantOf(x web.Exchange) string {
	if x.Request.URL.Path != oauthPaths+"token" {
		return ""
	}
	var asked wire
	_ = json.Unmarshal(x.Sent.Bytes(), &asked)
	form, _ := url.ParseQuery(x.Sent.String())
	return cmp.Or(asked.GrantType, form.Get("grant_type"))
}

// complaint is what the answer itself says: the platform's own errors and those of RFC 6749.
func complaint(x web.Exchange) string {
	var said struct {
		api.Error
		OAuth       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(x.Answered.Bytes(), &said) != nil {
		return http.StatusText(x.Status) + "."
	}
	text, code := mask(cmp.Or(said.Description, said.Message)), cmp.Or(said.Code, said.OAuth)
	if code == "" {
		return text
	}
	return code + ": " + text
}

// redirected is the error that a redirect carries to an app, or "".
func redirected(location string) string {
	to, err := url.Parse(location)
	if err != nil || to.Query().Get("error") == "" {
		return ""
	}
	return strings.TrimSuffix(to.Query().Get("error")+": "+to.Query().Get("error_description"), ": ")
}
