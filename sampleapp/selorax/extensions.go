package selorax

import (
	"context"
	"encoding/json"
	"net/http"
)

// Deployed says what a deploy did.
type Deployed struct {
	Version              int `json:"version"`
	Deployed             int `json:"deployed"`              // extensions
	InstallationsUpdated int `json:"installations_updated"` // installations that show the new set
}

// Deploy replaces the app's whole set of extensions, all of it or nothing. It
// signs in with the client credentials. A refused set is an *Error whose
// Errors say what is wrong with it.
func (c *Client) Deploy(ctx context.Context, extensions []json.RawMessage, message string) (Deployed, error) {
	body, err := json.Marshal(map[string]any{"extensions": extensions, "message": message})
	if err != nil {
		return Deployed{}, err
	}
	var answer struct{ Data Deployed }
	err = c.do(ctx, request{
		method: http.MethodPost, path: "/apps/extensions/app/deploy", asApp: true, body: body, repeatable: true,
	}, &answer)
	return answer.Data, err
}

// Directives is what an app's backend answers to an extension's call: the
// object itself, in no envelope.
type Directives struct {
	UpdateState map[string]any `json:"update_state,omitempty"` // merged into the state
	ShowToast   *Toast         `json:"show_toast,omitempty"`
	Navigate    string         `json:"navigate,omitempty"` // path in the dashboard
}

// Toast is a short message over the dashboard.
type Toast struct {
	Message string `json:"message"`
	Type    string `json:"type"` // info | success | warning | error
}
