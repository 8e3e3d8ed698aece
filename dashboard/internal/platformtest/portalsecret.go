package platformtest

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

func (p *Platform) rotateClient(c call) (any, error) {
	a, err := p.ownApp(c)
	if err != nil {
		return nil, err
	}
	return api.RotatedSecret{ClientID: a.ClientID, ClientSecret: p.secret("sx_secret_")}, nil
}

func (p *Platform) generateKey(c call) (any, error) {
	if _, err := p.ownApp(c); err != nil {
		return nil, err
	}
	return api.RotatedKey{SessionSigningKey: p.secret("")}, nil
}

func (p *Platform) rotateAppWebhook(c call) (any, error) {
	a, err := p.ownApp(c)
	if err != nil {
		return nil, err
	}
	var in api.WebhookSecretRotation
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	out, r := api.RotatedWebhookSecret{WebhookSigningSecret: p.secret("whsec_")}, p.portal[a.AppID]
	if r.nextSecret = nil; !in.Immediate {
		r.nextSecret = &api.Time{Time: today.Add(24 * time.Hour)}
		out.ActivatesAt = r.nextSecret
	}
	return out, nil
}

func (p *Platform) activateAppWebhook(c call) (any, error) {
	a, err := p.ownApp(c)
	if err != nil {
		return nil, err
	}
	r := p.portal[a.AppID]
	if r.nextSecret == nil {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "No webhook secret waits to be activated. Make one with rotate-webhook-secret.")
	}
	r.nextSecret = nil
	return p.showApp(*a, c.account.UserID), nil
}
