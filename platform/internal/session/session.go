package session

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/jwt"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Service issues and verifies session tokens.
type Service struct {
	DB              *db.DB
	Apps            app.Apps
	Issuer          string // the platform's public URL
	DashboardOrigin string // scheme and host, the target of the app's messages
}

// opening is an app's frame on a store, with what signing it needs.
type opening struct {
	app          api.App
	installation api.Installation
	generation   int64
	key          string
}

func (s *Service) open(ctx context.Context, appID, storeID int64) (o opening, err error) {
	return o, s.DB.Read(ctx, func(tx *db.Tx) error {
		if o.app, err = s.Apps.Get(tx, appID); db.IsNone(err) {
			return problem.New(http.StatusNotFound, api.CodeNotFound, "No app %d.", appID)
		} else if err != nil {
			return err
		}
		if err := hasFrame(o.app); err != nil {
			return err
		}
		if o.installation, err = install.Active(tx, appID, storeID); err != nil {
			return err
		}
		if o.generation, err = install.Generation(tx, o.installation.InstallationID); err != nil {
			return err
		}
		o.key, err = app.SigningKey(tx, s.Apps.Box, appID)
		return err
	})
}

// hasFrame refuses apps whose frame stays closed.
func hasFrame(a api.App) error {
	switch {
	case !bool(a.IsActive):
		return problem.Conflict("%s is suspended: its page stays closed until the platform has approved it again.", a.Name)
	case a.AppURL == "":
		return problem.Conflict("%s has no page in the dashboard.", a.Name)
	}
	return nil
}

// Token returns a fresh session token for a dashboard user.
func (s *Service) Token(ctx context.Context, appID, storeID, userID int64) (api.SessionToken, error) {
	o, err := s.open(ctx, appID, storeID)
	if err != nil {
		return api.SessionToken{}, err
	}
	text, err := issue(s.Issuer, o, userID)
	return api.SessionToken{SessionToken: text, ExpiresIn: int(TokenLife.Seconds())}, err
}

// Embed returns what the dashboard needs to open an app's frame.
func (s *Service) Embed(ctx context.Context, appID, storeID, userID int64, returned url.Values) (p api.EmbedParams, err error) {
	o, err := s.open(ctx, appID, storeID)
	if err != nil {
		return p, err
	}
	p.AppName, p.ExpiresIn = o.app.Name, int(TokenLife.Seconds())
	if p.SessionToken, err = issue(s.Issuer, o, userID); err != nil {
		return p, err
	}
	p.IframeURL, err = frame{
		AppURL: o.app.AppURL, StoreID: storeID, DashboardOrigin: s.DashboardOrigin, Return: returned, At: clock.Machine(),
	}.signed(o.key)
	return p, err
}

// Verify reads a session token in the caller's transaction, whoever's app it
// is for, and returns the active installation it stands for.
func (s *Service) Verify(tx *db.Tx, text string) (v api.SessionVerified, i api.Installation, err error) {
	var peeked Claims
	if err := jwt.Peek(text, &peeked); err != nil || len(peeked.Audience) != 1 {
		return v, i, invalid(jwt.ErrInvalid)
	}
	a, err := s.Apps.ByClientID(tx, peeked.Audience[0])
	if db.IsNone(err) {
		return v, i, invalid(jwt.ErrInvalid)
	}
	if err != nil {
		return v, i, err
	}
	key, err := app.SigningKey(tx, s.Apps.Box, a.AppID)
	if err != nil {
		return v, i, err
	}
	v, generation, err := verify(text, a.ClientID, key)
	if err != nil {
		return v, i, invalid(err)
	}
	if i, err = install.Active(tx, a.AppID, v.StoreID); err != nil {
		return v, i, err
	}
	now, err := install.Generation(tx, i.InstallationID)
	if err == nil && (i.InstallationID != v.InstallationID || v.AppID != a.AppID || generation != now) {
		err = invalid(jwt.ErrInvalid)
	}
	return v, i, err
}

func invalid(cause error) error {
	if errors.Is(cause, jwt.ErrExpired) {
		return problem.Unauthorized(api.CodeInvalidToken, "The session token has expired. Ask the dashboard for a fresh one.")
	}
	return problem.Unauthorized(api.CodeInvalidToken, "The session token is not valid for this app.")
}
