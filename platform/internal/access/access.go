package access

import (
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
}

// Authenticate implements web.Authenticator for the calls of an installation.
func (a *Access) Authenticate(r *http.Request) (caller web.Caller, err error) {
	authorization := r.Header.Get("Authorization")
	clientID, clientSecret := r.Header.Get(api.HeaderClientID), r.Header.Get(api.HeaderClientSecret)
	err = a.DB.Read(r.Context(), func(tx *db.Tx) error {
		switch {
		case authorization != "":
			caller, err = a.bearer(tx, authorization)
		case clientID != "" && clientSecret != "":
			caller, err = a.client(tx, r, clientID, clientSecret)
		default:
			err = problem.Unauthorized(api.CodeMissingToken, "Access denied. Provide Bearer token or X-Client-Id + X-Client-Secret.")
		}
		return err
	})
	return caller, err
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

func (a *Access) bearer(tx *db.Tx, authorization string) (web.Caller, error) {
	scheme, text, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || text == "" {
		return web.Caller{}, problem.Unauthorized(api.CodeMissingToken, "The Authorization header must read: Bearer <token>.")
	}
	if strings.Count(text, ".") == 2 {
		return a.session(tx, text)
	}
	g, err := ofToken(tx, secret.Hash(text))
	if db.IsNone(err) {
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidToken, "Invalid or expired access token.")
	}
	if err != nil {
		return web.Caller{}, err
	}
	return g.caller(parse(g.issued).Within(parse(g.granted)))
}

func (a *Access) session(tx *db.Tx, token string) (web.Caller, error) {
	_, i, err := a.Sessions.Verify(tx, token)
	if err != nil {
		return web.Caller{}, err
	}
	found, err := a.Apps.Get(tx, i.AppID)
	if err != nil && !db.IsNone(err) {
		return web.Caller{}, err
	}
	g := grant{
		installationID: i.InstallationID, appID: i.AppID, storeID: i.StoreID, installation: i.Status,
		appName: found.Name, appActive: bool(found.IsActive),
	}
	return g.caller(i.GrantedScopes)
}

func (a *Access) client(tx *db.Tx, r *http.Request, clientID, clientSecret string) (web.Caller, error) {
	storeID, badStore := namedStore(r)
	g, err := ofClient(tx, clientID, storeID)
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
	return g.caller(parse(g.granted))
}

// caller is who calls with the scopes, if the app is installed and active.
func (g grant) caller(scopes api.ScopeSet) (web.Caller, error) {
	switch {
	case g.installation != api.InstallationActive:
		return web.Caller{}, install.NotInstalled()
	case !g.appActive:
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidClient, "This app is not active.")
	}
	return web.Caller{Name: g.appName, AppID: g.appID, InstallationID: g.installationID, StoreID: g.storeID, Scopes: scopes}, nil
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
