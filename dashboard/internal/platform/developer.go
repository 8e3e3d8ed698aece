package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// PortalApp returns an app that the user may see: an own one, or one that was
// submitted for review.
func (s Session) PortalApp(ctx context.Context, appID int64) (api.PortalApp, error) {
	return get[api.PortalApp](ctx, s, portalApp(appID))
}

// InReview returns the apps that wait for a reviewer, by name.
func (s Session) InReview(ctx context.Context) (out api.List[api.PortalApp], err error) {
	return out, s.client.do(ctx, http.MethodGet, "/api/apps/review?limit=250", s.token, nil, &out)
}

// RegisterApp makes an app of the user's. Its secrets are in this answer and in
// no other.
func (s Session) RegisterApp(ctx context.Context, in api.AppInput) (api.RegisteredApp, error) {
	return call[api.RegisteredApp](ctx, s, http.MethodPost, "/api/apps", in)
}

// UpdateApp changes what the input gives of an own app.
func (s Session) UpdateApp(ctx context.Context, appID int64, in api.AppInput) (api.PortalApp, error) {
	return call[api.PortalApp](ctx, s, http.MethodPut, portalApp(appID), in)
}

// DeleteApp deletes an own app that is installed nowhere.
func (s Session) DeleteApp(ctx context.Context, appID int64) error {
	_, err := call[api.Deleted](ctx, s, http.MethodDelete, portalApp(appID), nil)
	return err
}

// SubmitApp puts an own app before a reviewer.
func (s Session) SubmitApp(ctx context.Context, appID int64) (api.PortalApp, error) {
	return call[api.PortalApp](ctx, s, http.MethodPost, portalApp(appID)+"/submit-for-review", nil)
}

// ReviewApp records what the user decided as a reviewer.
func (s Session) ReviewApp(ctx context.Context, appID int64, in api.ReviewDecision) (api.PortalApp, error) {
	return call[api.PortalApp](ctx, s, http.MethodPost, portalApp(appID)+"/review", in)
}

// RotateClientSecret ends the client secret of an own app and returns the next.
func (s Session) RotateClientSecret(ctx context.Context, appID int64) (api.RotatedSecret, error) {
	return call[api.RotatedSecret](ctx, s, http.MethodPost, portalApp(appID)+"/rotate-secret", nil)
}

// GenerateSigningKey ends the session signing key of an own app and returns the
// next.
func (s Session) GenerateSigningKey(ctx context.Context, appID int64) (api.RotatedKey, error) {
	return call[api.RotatedKey](ctx, s, http.MethodPost, portalApp(appID)+"/generate-signing-key", nil)
}

// RotateAppWebhookSecret returns the next webhook secret of an own app. It
// takes the place of the current one at once or after a time in which both are
// used.
func (s Session) RotateAppWebhookSecret(ctx context.Context, appID int64, immediate bool) (api.RotatedWebhookSecret, error) {
	return call[api.RotatedWebhookSecret](ctx, s, http.MethodPost, portalApp(appID)+"/rotate-webhook-secret", api.WebhookSecretRotation{Immediate: immediate})
}

// ActivateAppWebhookSecret makes the next webhook secret of an own app the
// current one before its time.
func (s Session) ActivateAppWebhookSecret(ctx context.Context, appID int64) (api.PortalApp, error) {
	return call[api.PortalApp](ctx, s, http.MethodPost, portalApp(appID)+"/activate-webhook-secret", nil)
}

func portalApp(appID int64) string { return fmt.Sprintf("/api/apps/%d", appID) }
