package custom

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/install"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/token"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service makes and changes custom apps.
type Service struct {
	DB       *db.DB
	Apps     app.Apps
	Installs *install.Service
	Writes   idempotency.Writes
	// Portal rotates webhook secrets, those of custom apps like any.
	Portal *app.Portal
}

// create makes an app, installs it on its store and gives it its credentials.
func (s *Service) create(tx *db.Tx, caller web.Caller, in api.CustomAppInput) (out api.CustomAppCreated, err error) {
	a, c, err := s.Apps.RegisterCustom(tx, caller.StoreID, in)
	if err != nil {
		return out, err
	}
	i, err := s.Installs.Activate(tx, install.Activation{App: a, StoreID: caller.StoreID, AccountID: caller.UserID, Scopes: a.RequestedScopes})
	if err != nil {
		return out, err
	}
	out.ClientSecret, out.WebhookSigningSecret = c.ClientSecret, c.WebhookSecret
	if out.AccessToken, _, err = token.IssueCustom(tx, grant(i)); err != nil {
		return out, err
	}
	out.CustomApp, err = s.describe(tx, a, i.StoreID)
	return out, err
}

// grant is what the token of a custom app stands for.
func grant(i api.Installation) token.Grant {
	return token.Grant{InstallationID: i.InstallationID, Family: token.NewFamily(), Scopes: app.CustomScopes()}
}

// update changes the fields that were given; scopes hold at once.
func (s *Service) update(tx *db.Tx, storeID, appID int64, in api.CustomAppInput) (api.CustomApp, error) {
	if _, err := s.held(tx, storeID, appID); err != nil {
		return api.CustomApp{}, err
	}
	a, err := s.Apps.UpdateCustom(tx, storeID, appID, in)
	if err != nil {
		return api.CustomApp{}, err
	}
	consent := install.Consent{AppID: appID, StoreID: storeID, Scopes: a.RequestedScopes, At: clock.Machine()}
	if err := install.Regrant(tx, consent); err != nil {
		return api.CustomApp{}, err
	}
	return s.describe(tx, a, storeID)
}

// regenerate replaces the access token.
func (s *Service) regenerate(tx *db.Tx, storeID, appID int64) (out api.CustomAppToken, err error) {
	if _, err := s.held(tx, storeID, appID); err != nil {
		return out, err
	}
	i, err := install.Active(tx, appID, storeID)
	if err != nil {
		return out, err
	}
	if _, err := token.RevokeInstallation(tx, i.InstallationID); err != nil {
		return out, err
	}
	out.AccessToken, out.ExpiresAt.Time, err = token.IssueCustom(tx, grant(i))
	return out, err
}

// rotate replaces the client secret.
func (s *Service) rotate(tx *db.Tx, storeID, appID int64) (out api.RotatedSecret, err error) {
	a, err := s.held(tx, storeID, appID)
	if err != nil {
		return out, err
	}
	return app.RotateSecret(tx, a)
}

// rotateWebhook gives the app its next webhook secret, or a new one at once.
func (s *Service) rotateWebhook(tx *db.Tx, storeID, appID int64, immediate bool) (out api.RotatedWebhookSecret, err error) {
	if _, err := s.held(tx, storeID, appID); err != nil {
		return out, err
	}
	return s.Portal.RotateWebhookSecret(tx, appID, immediate)
}

// remove uninstalls the app, and with that deletes it.
func (s *Service) remove(tx *db.Tx, caller web.Caller, appID int64) (out api.Uninstalled, err error) {
	if _, err := s.find(tx, caller.StoreID, appID); err != nil {
		return out, err
	}
	i, err := install.Active(tx, appID, caller.StoreID)
	if err != nil {
		return out, err
	}
	return s.Installs.Uninstall(tx, caller, i.InstallationID)
}

// held returns a custom app of a store and keeps others from changing it.
func (s *Service) held(tx *db.Tx, storeID, appID int64) (api.App, error) {
	if err := app.Hold(tx, appID); err != nil {
		return api.App{}, err
	}
	return s.find(tx, storeID, appID)
}

func (s *Service) find(tx *db.Tx, storeID, appID int64) (api.App, error) {
	a, err := s.Apps.Custom(tx, storeID, appID)
	if db.IsNone(err) {
		err = problem.NotFound("custom app", appID)
	}
	return a, err
}

// describe joins an app with its installation and token.
func (s *Service) describe(tx *db.Tx, a api.App, storeID int64) (out api.CustomApp, err error) {
	i, err := install.Active(tx, a.AppID, storeID)
	if err != nil {
		return out, err
	}
	expires, err := token.Expiry(tx, i.InstallationID)
	return api.CustomApp{
		AppID: a.AppID, AppType: a.AppType, StoreID: storeID, InstallationID: i.InstallationID, Name: a.Name, Slug: a.Slug,
		Icon: a.Icon, Description: a.Description, Scopes: i.GrantedScopes, ClientID: a.ClientID, TokenExpiresAt: api.AtOrNil(expires),
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
	}, err
}
