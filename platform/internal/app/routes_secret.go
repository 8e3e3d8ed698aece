package app

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (p *Portal) serveRotateSecret(w http.ResponseWriter, r *http.Request) error {
	return rotate(p, w, r, "Client secret rotated. Save it: it is not shown again.", func(tx *db.Tx, a api.App) (api.RotatedSecret, error) {
		return RotateSecret(tx, a)
	})
}

func (p *Portal) serveRotateKey(w http.ResponseWriter, r *http.Request) error {
	return rotate(p, w, r, "Session signing key generated. Save it: it is not shown again.", func(tx *db.Tx, a api.App) (api.RotatedKey, error) {
		return rotateKey(tx, p.Apps.Box, a.AppID)
	})
}

func (p *Portal) serveRotateWebhookSecret(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.WebhookSecretRotation](w, r)
	if err != nil {
		return err
	}
	return rotate(p, w, r, "Webhook secret rotated. Save it: it is not shown again.", func(tx *db.Tx, a api.App) (api.RotatedWebhookSecret, error) {
		return p.RotateWebhookSecret(tx, a.AppID, in.Immediate)
	})
}

func (p *Portal) serveActivateWebhookSecret(w http.ResponseWriter, r *http.Request) error {
	return rotate(p, w, r, "Webhook secret activated.", func(tx *db.Tx, a api.App) (api.PortalApp, error) {
		return p.activateWebhookSecret(tx, web.CallerOf(r).UserID, a.AppID)
	})
}

// rotate changes a secret of the user's app and answers with what do returns.
func rotate[T any](p *Portal, w http.ResponseWriter, r *http.Request, message string, do func(*db.Tx, api.App) (T, error)) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	var out T
	err = p.DB.Write(r.Context(), func(tx *db.Tx) error {
		row, err := p.own(tx, web.CallerOf(r).UserID, appID)
		if err != nil {
			return err
		}
		out, err = do(tx, row.app)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, message, out)
}
