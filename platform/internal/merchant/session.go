package merchant

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/jwt"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Authenticate implements web.Authenticator for dashboard-facing routes. A
// store named by X-Store-Id must be one that the user may open.
func (s *Service) Authenticate(r *http.Request) (web.Caller, error) {
	text := r.Header.Get(api.HeaderAuthToken)
	if text == "" {
		return web.Caller{}, problem.Unauthorized(api.CodeMissingToken,
			"Access denied. Sign in and send the session's token in the X-Auth-Token header.")
	}
	if err := jwt.Verify(s.Key, text, "", &claims{}); errors.Is(err, jwt.ErrExpired) {
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidToken, "Your session has expired. Sign in again.")
	} else if err != nil {
		return web.Caller{}, problem.Unauthorized(api.CodeInvalidToken, "The X-Auth-Token header does not hold a session token of this platform.")
	}
	caller, err := s.callerOf(r, text)
	if err != nil {
		return web.Caller{}, err
	}
	return actOn(caller, r.Header.Get(api.HeaderStoreID))
}

func (s *Service) callerOf(r *http.Request, token string) (c web.Caller, err error) {
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		sessionID, a, err := openSession(tx, secret.Hash(token), clock.Machine().UnixMilli())
		if err != nil {
			return err
		}
		stores, err := storeIDs(tx, a.id)
		c = web.Caller{Name: a.name, UserID: a.id, Roles: a.roles, Stores: stores, SessionID: sessionID}
		return err
	})
	if db.IsNone(err) {
		return c, problem.Unauthorized(api.CodeSessionRequired, "This session has ended. Sign in again.")
	}
	return c, err
}

// actOn makes the store of X-Store-Id the caller's, if one is named.
func actOn(c web.Caller, named string) (web.Caller, error) {
	if named == "" {
		return c, nil
	}
	storeID, err := strconv.ParseInt(named, 10, 64)
	if err != nil || !slices.Contains(c.Stores, storeID) {
		return c, problem.New(http.StatusNotFound, api.CodeNotFound, "No store %s that you may open.", named)
	}
	c.StoreID = storeID
	return c, nil
}
