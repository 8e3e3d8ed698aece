package app

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Authenticate returns the active app of a client id and secret, or the
// invalid_client problem.
func (a Apps) Authenticate(tx *db.Tx, clientID, clientSecret string) (api.App, error) {
	found, err := a.ByClientID(tx, clientID)
	if db.IsNone(err) || err == nil && !bool(found.IsActive) {
		return found, problem.Unauthorized(api.CodeInvalidClient, "Invalid client_id.")
	}
	if err != nil {
		return found, err
	}
	ok, err := SecretMatches(tx, found.AppID, clientSecret)
	if err == nil && !ok {
		err = problem.Unauthorized(api.CodeInvalidClient, "Invalid client_secret.")
	}
	return found, err
}
