package access

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/session"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Access authenticates app-facing calls.
type Access struct {
	DB       *db.DB
	Apps     app.Apps
	Sessions *session.Service

	known grants
}

// Authenticate implements web.Authenticator for the calls of an installation.
func (a *Access) Authenticate(r *http.Request) (web.Caller, error) {
	authorization := r.Header.Get("Authorization")
	clientID, clientSecret := r.Header.Get(api.HeaderClientID), r.Header.Get(api.HeaderClientSecret)
	switch {
	case authorization != "":
		return a.bearer(r.Context(), authorization)
	case clientID != "" && clientSecret != "":
		return a.client(r, clientID, clientSecret)
	}
	return web.Caller{}, problem.Unauthorized(api.CodeMissingToken, "Access denied. Provide Bearer token or X-Client-Id + X-Client-Secret.")
}

// AuthenticateClient implements web.Authenticator for routes that an app calls
// for itself. A store that is named beside the credentials does not matter.
func (a *Access) AuthenticateClient(r *http.Request) (caller web.Caller, err error) {
	clientID, clientSecret := r.Header.Get(api.HeaderClientID), r.Header.Get(api.HeaderClientSecret)
	if clientID == "" || clientSecret == "" {
		return caller, problem.Unauthorized(api.CodeMissingToken, "Access denied. Provide X-Client-Id + X-Client-Secret.")
	}
	return caller, a.DB.Read(r.Context(), func(tx *db.Tx) error {
		found, err := a.Apps.Authenticate(tx, clientID, clientSecret)
		caller = web.Caller{Name: found.Name, AppID: found.AppID}
		return err
	})
}

func (a *Access) bearer(ctx context.Context, authorization string) (web.Caller, error) {
	scheme, text, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || text == "" {
		return web.Caller{}, problem.Unauthorized(api.CodeMissingToken, "The Authorization header must read: Bearer <token>.")
	}
	if strings.Count(text, ".") == 2 {
		return a.session(ctx, text)
	}
	hash := secret.Hash(text)
	g, err := a.grant(ctx, "token "+hash, func(tx *db.Tx) (grant, error) { return ofToken(tx, hash) })
	if db.IsNone(err) {
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidToken, "Invalid or expired access token.")
	}
	if err != nil {
		return web.Caller{}, err
	}
	return g.caller()
}

func (a *Access) session(ctx context.Context, token string) (caller web.Caller, err error) {
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		_, i, err := a.Sessions.Verify(tx, token)
		if err != nil {
			return err
		}
		found, err := a.Apps.Get(tx, i.AppID)
		if err != nil && !db.IsNone(err) {
			return err
		}
		caller, err = grant{
			installationID: i.InstallationID, appID: i.AppID, storeID: i.StoreID, installation: i.Status,
			appName: found.Name, appActive: bool(found.IsActive), scopes: i.GrantedScopes,
		}.caller()
		return err
	})
	return caller, err
}

func (a *Access) client(r *http.Request, clientID, clientSecret string) (web.Caller, error) {
	storeID, badStore := namedStore(r)
	key := fmt.Sprintf("client %d %s", storeID, clientID)
	g, err := a.grant(r.Context(), key, func(tx *db.Tx) (grant, error) { return ofClient(tx, clientID, storeID) })
	switch {
	case err != nil && !db.IsNone(err):
		return web.Caller{}, err
	case err != nil || !g.appActive:
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidClient, "Invalid client_id.")
	case !secret.Matches(clientSecret, g.secretHash):
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidClient, "Invalid client_secret.")
	case badStore != nil:
		return web.Caller{}, badStore
	}
	return g.caller()
}

// caller is who calls, if the app is installed and active.
func (g grant) caller() (web.Caller, error) {
	switch {
	case g.installation != api.InstallationActive:
		return web.Caller{}, install.NotInstalled()
	case !g.appActive:
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidClient, "This app is not active.")
	}
	return web.Caller{Name: g.appName, AppID: g.appID, InstallationID: g.installationID, StoreID: g.storeID, Scopes: g.scopes}, nil
}

// namedStore reads the store from X-Store-Id or the store_id parameter.
func namedStore(r *http.Request) (int64, error) {
	name, text := api.HeaderStoreID, r.Header.Get(api.HeaderStoreID)
	if text == "" {
		name, text = "store_id", r.URL.Query().Get("store_id")
	}
	if text == "" {
		return 0, problem.New(http.StatusBadRequest, api.CodeMissingStoreID, "X-Store-Id header (or store_id param) is required with client credentials.")
	}
	storeID, err := strconv.ParseInt(text, 10, 64)
	if err != nil || storeID < 1 || strconv.FormatInt(storeID, 10) != text { // no "+22", as everywhere else
		return 0, problem.Invalid(name, "must be a store id such as 22")
	}
	return storeID, nil
}
