package session

import (
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the dashboard's calls and the verification for apps.
func (s *Service) Routes(r *web.Router) {
	r.ForUser(http.MethodGet, "/api/apps/session/embed-params", s.embedParams)
	r.ForUser(http.MethodPost, "/api/apps/session/session-token", s.sessionToken)
	r.Public(http.MethodPost, "/api/apps/session/verify", s.verifyToken)
}

func (s *Service) embedParams(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	q := web.QueryOf(r)
	appID, returned := q.ID("app_id"), url.Values{}
	for _, name := range []string{"payment", "charge_id"} {
		if v := q.Text(name); v != "" {
			returned.Set(name, v)
		}
	}
	if err := q.Err(); err != nil {
		return err
	}
	if appID == 0 {
		return problem.Invalid("app_id", "is required")
	}
	p, err := s.Embed(r.Context(), appID, storeID, web.CallerOf(r).UserID, returned)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.OK(w, "Embed parameters created.", p)
}

func (s *Service) sessionToken(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SessionTokenRequest](w, r)
	if err != nil {
		return err
	}
	if err := checkNamed(in); err != nil {
		return err
	}
	caller := web.CallerOf(r)
	if err := caller.CheckStore(in.StoreID); err != nil {
		return err
	}
	t, err := s.Token(r.Context(), in.AppID, in.StoreID, caller.UserID)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.OK(w, "Session token created.", t)
}

func checkNamed(in api.SessionTokenRequest) error {
	var bad []api.FieldError
	for _, f := range []struct {
		name string
		id   int64
	}{{"app_id", in.AppID}, {"store_id", in.StoreID}} {
		if f.id < 1 {
			bad = append(bad, api.FieldError{Field: f.name, Message: "is required: an id, a whole number of at least 1"})
		}
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// verifyToken tells an app's backend what a session token of its own stands
// for.
func (s *Service) verifyToken(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SessionVerifyRequest](w, r)
	if err != nil {
		return err
	}
	var v api.SessionVerified
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		a, err := s.Apps.Authenticate(tx, in.ClientID, in.ClientSecret)
		if err != nil {
			return err
		}
		v, _, err = s.Verify(tx, in.SessionToken)
		if err == nil && v.AppID != a.AppID {
			err = invalid(nil)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Session token is valid.", v)
}
