package oauth

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/token"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Decisions of a merchant.
const (
	decisionInstall = "install"
	decisionCancel  = "cancel"
)

// open returns a request that the caller may still decide on.
func (s *Service) open(tx *db.Tx, caller web.Caller, requestID string) (request, error) {
	req, err := requestByID(tx, requestID)
	if err != nil && !db.IsNone(err) {
		return req, err
	}
	if err != nil || caller.CheckStore(req.StoreID) != nil || clock.Machine().UnixMilli() >= req.ExpiresMS {
		return req, problem.New(http.StatusNotFound, api.CodeNotFound,
			"This installation request does not exist or is older than ten minutes. Start again from the app's marketplace page.")
	}
	if req.DecidedMS != nil {
		return req, alreadyDecided()
	}
	a, err := s.Apps.Get(tx, req.AppID)
	if db.IsNone(err) || err == nil && !bool(a.IsActive) {
		return req, problem.Conflict("This app has been withdrawn and cannot be installed now.")
	}
	return req, err
}

func alreadyDecided() error {
	return problem.Conflict("This installation request has been decided already. Start again from the app's marketplace page.")
}

func (s *Service) showRequest(w http.ResponseWriter, r *http.Request) error {
	var c api.ConsentRequest
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		req, err := s.open(tx, web.CallerOf(r), web.PathText(r, "request_id"))
		if err != nil {
			return err
		}
		c, err = s.describe(tx, req)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Installation request fetched.", c)
}

// describe puts a request into the merchant's words.
func (s *Service) describe(tx *db.Tx, req request) (c api.ConsentRequest, err error) {
	a, err := s.Apps.Get(tx, req.AppID)
	if err != nil {
		return c, err
	}
	st, err := store.Get(tx, req.StoreID)
	if err != nil {
		return c, err
	}
	granted, installed, err := grantedBefore(tx, req)
	if err != nil {
		return c, err
	}
	c = api.ConsentRequest{
		RequestID: req.ID, App: app.Card(a), StoreID: st.StoreID, StoreName: st.Name, AlreadyInstalled: api.Flag(installed),
		Scopes: []api.ConsentScope{}, Removed: app.ScopeInfos(granted.Beyond(req.Scopes)), ExpiresAt: api.At(req.ExpiresMS),
	}
	for _, info := range app.ScopeInfos(req.Scopes) {
		fresh := installed && !granted.Allows(info.Scope)
		c.Scopes = append(c.Scopes, api.ConsentScope{ScopeInfo: info, New: api.Flag(fresh)})
	}
	return c, nil
}

func grantedBefore(tx *db.Tx, req request) (scopes api.ScopeSet, installed bool, err error) {
	i, err := install.Active(tx, req.AppID, req.StoreID)
	if problem.Is(err, api.CodeNotInstalled) {
		return nil, false, nil
	}
	return i.GrantedScopes, err == nil, err
}

func (s *Service) decide(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ConsentDecision](w, r)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{decisionInstall, decisionCancel}, in.Decision) {
		return problem.Invalid("decision", "must be %s or %s", decisionInstall, decisionCancel)
	}
	target, err := s.Decide(r.Context(), web.CallerOf(r), web.PathText(r, "request_id"), in.Decision == decisionInstall)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.OK(w, "Decision recorded.", api.ConsentOutcome{RedirectTo: target})
}

// Decide records the merchant's decision, once, and returns where the browser
// goes: to the app with a code, or with access_denied.
func (s *Service) Decide(ctx context.Context, caller web.Caller, requestID string, agreed bool) (target string, err error) {
	return target, s.DB.Write(ctx, func(tx *db.Tx) error {
		req, err := s.open(tx, caller, requestID)
		if err != nil {
			return err
		}
		if first, err := decideRequest(tx, req.ID, clock.Machine().UnixMilli()); err != nil || !first {
			return orElse(err, alreadyDecided())
		}
		if !agreed {
			target = answer(req.RedirectURI, req.State, refusalParams(refuse(accessDenied, "The merchant cancelled the installation.")))
			return nil
		}
		if err := install.Regrant(tx, install.Consent{AppID: req.AppID, StoreID: req.StoreID, Scopes: req.Scopes, At: clock.Machine()}); err != nil {
			return err
		}
		code, err := token.NewCode(tx, token.Code{
			AppID: req.AppID, StoreID: req.StoreID, AccountID: caller.UserID, RedirectURI: req.RedirectURI,
			Scopes: req.Scopes, CodeChallenge: req.CodeChallenge,
		})
		target = answer(req.RedirectURI, req.State, url.Values{"code": {code}})
		return err
	})
}

// orElse returns err, or fallback when err is nil.
func orElse(err, fallback error) error {
	if err != nil {
		return err
	}
	return fallback
}
