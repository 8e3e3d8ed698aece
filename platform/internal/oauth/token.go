package oauth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/token"
	"github.com/selorax/sandbox/platform/internal/web"
)

// token exchanges a code or a refresh token for a pair of tokens.
func (s *Service) token(w http.ResponseWriter, r *http.Request) error {
	p, err := readParams(r)
	if err != nil {
		return err
	}
	if err := s.Limit.Take(w, clientOf(r, p)); err != nil {
		return err
	}
	grantType, err := p.need("grant_type")
	if err != nil {
		return err
	}
	var exchange func(context.Context, *http.Request, params) (granted, error)
	switch grantType {
	case "authorization_code":
		exchange = s.exchangeCode
	case "refresh_token":
		exchange = s.refresh
	default:
		return refuse(unsupportedGrantType, "grant_type must be authorization_code or refresh_token.")
	}
	if err := s.misbehave(w, r, p); err != nil {
		return err
	}
	g, err := exchange(r.Context(), r, p)
	if err != nil {
		return err
	}
	return web.JSON(w, http.StatusOK, response(g))
}

// misbehave lets fault rules act on a call of an authenticated app.
func (s *Service) misbehave(w http.ResponseWriter, r *http.Request, p params) error {
	if active, err := s.Faults.Active(r.Context(), api.FaultOnAPI); err != nil || !active {
		return err
	}
	var a api.App
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		a, err = s.authenticate(tx, r, p)
		return err
	})
	if err != nil {
		return err
	}
	return s.Faults.Apply(w, r, fault.Call{AppID: a.AppID, Method: r.Method, Path: fault.TokenPath})
}

// granted is a pair of tokens with the installation it belongs to.
type granted struct {
	pair         token.Pair
	scopes       api.ScopeSet
	installation api.Installation
}

// exchangeCode uses a code up. The first exchange installs the app.
func (s *Service) exchangeCode(ctx context.Context, r *http.Request, p params) (g granted, err error) {
	code, err := p.need("code")
	if err != nil {
		return g, err
	}
	var refusal error
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.authenticate(tx, r, p)
		if err != nil {
			return err
		}
		if a, err = s.held(tx, a); err != nil {
			return err
		}
		c, family, refused, err := token.Redeem(tx, token.Redemption{
			Code: code, AppID: a.AppID, RedirectURI: p["redirect_uri"], CodeVerifier: p["code_verifier"],
		})
		if refusal = refused; err != nil || refused != nil {
			return err
		}
		if g.installation, err = s.begin(tx, a, c); err != nil {
			return err
		}
		g.scopes = c.Scopes.Within(g.installation.GrantedScopes)
		g.pair, err = token.Issue(tx, token.Grant{InstallationID: g.installation.InstallationID, Family: family, Scopes: g.scopes})
		if db.IsNone(err) { // uninstalled this moment
			return install.NotInstalled()
		}
		return err
	})
	return g, orElse(err, s.grantRefusal(ctx, refusal))
}

// held keeps the app from being deleted while it is installed.
func (s *Service) held(tx *db.Tx, a api.App) (api.App, error) {
	held, err := s.Apps.Held(tx, a.AppID)
	if db.IsNone(err) {
		err = problem.Unauthorized(api.CodeInvalidClient, "Invalid client_id.")
	}
	return held, err
}

// begin installs the app of a code. Of several consents that are open at once
// the latest one decides the scopes, in whatever order their codes come.
func (s *Service) begin(tx *db.Tx, a api.App, c token.Code) (api.Installation, error) {
	i, err := s.Installs.Activate(tx, install.Activation{App: a, StoreID: c.StoreID, AccountID: c.AccountID, Scopes: c.Scopes})
	if err != nil {
		return i, err
	}
	if err := install.RegrantUnlessNewer(tx, install.Consent{AppID: a.AppID, StoreID: c.StoreID, Scopes: c.Scopes, At: c.ConsentedAt}); err != nil {
		return i, err
	}
	return install.ActiveByID(tx, i.InstallationID)
}

// refresh replaces a refresh token.
func (s *Service) refresh(ctx context.Context, r *http.Request, p params) (g granted, err error) {
	presented, err := p.need("refresh_token")
	if err != nil {
		return g, err
	}
	var refusal error
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.authenticate(tx, r, p)
		if err != nil {
			return err
		}
		pair, grant, refused, err := token.Rotate(tx, presented, a.AppID)
		if refusal = refused; err != nil || refused != nil {
			return err
		}
		g.pair = pair
		if g.installation, err = install.ActiveByID(tx, grant.InstallationID); err != nil {
			return err
		}
		g.scopes = grant.Scopes.Within(g.installation.GrantedScopes)
		return nil
	})
	return g, orElse(err, s.grantRefusal(ctx, refusal))
}

// grantRefusal turns a refused code or refresh token into the standard's
// answer. A stolen token is worth a warning.
func (s *Service) grantRefusal(ctx context.Context, refusal error) error {
	if refusal == nil {
		return nil
	}
	answer := refuse(invalidGrant, sentence(refusal))
	switch {
	case errors.Is(refusal, token.ErrUninstalled):
		answer.Status, answer.Code = http.StatusUnauthorized, api.CodeNotInstalled
	case errors.Is(refusal, token.ErrReused), errors.Is(refusal, token.ErrCodeUsed):
		s.Log.WarnContext(ctx, "oauth.reuse", "reason", refusal.Error(), "request_id", web.RequestID(ctx))
	}
	return answer
}

// sentence makes an error text a sentence.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// clientOf is whom a request says it comes from, for counting.
func clientOf(r *http.Request, p params) string {
	if user, _, basic := r.BasicAuth(); basic {
		return user
	}
	return p["client_id"]
}

// authenticate finds the app by HTTP Basic or by the body's client_id and
// client_secret.
func (s *Service) authenticate(tx *db.Tx, r *http.Request, p params) (api.App, error) {
	clientID, clientSecret := p["client_id"], p["client_secret"]
	if user, password, basic := r.BasicAuth(); basic {
		if clientSecret != "" {
			return api.App{}, refuse(invalidRequest, "Authenticate in the header or in the body, not in both.")
		}
		// RFC 6749 section 2.3.1: both parts are form-encoded first.
		id, errID := url.QueryUnescape(user)
		secret, errSecret := url.QueryUnescape(password)
		if errID != nil || errSecret != nil || clientID != "" && clientID != id {
			return api.App{}, refuse(invalidRequest, "The Authorization header does not fit the client_id.")
		}
		clientID, clientSecret = id, secret
	}
	return s.Apps.Authenticate(tx, clientID, clientSecret)
}

// response is the pair in both shapes that clients read.
func response(g granted) api.TokenResponse {
	expiresIn, scope := int(token.AccessLife.Seconds()), g.scopes.String()
	return api.TokenResponse{
		AccessToken: g.pair.Access, RefreshToken: g.pair.Refresh, TokenType: "Bearer", ExpiresIn: expiresIn, Scope: scope,
		Message: "Token issued.", Status: http.StatusOK,
		Data: api.TokenData{
			AccessToken: g.pair.Access, RefreshToken: g.pair.Refresh, TokenType: "Bearer", ExpiresIn: expiresIn,
			ExpiresAt: api.Time{Time: g.pair.ExpiresAt}, Scope: scope, Scopes: g.scopes, StoreID: g.installation.StoreID,
			InstallationID: g.installation.InstallationID, AppID: g.installation.AppID,
		},
	}
}
