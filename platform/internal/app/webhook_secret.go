package app

import (
	"context"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// overlap is how long deliveries are signed with the next webhook secret
// beside the current one, in business time as the deliveries are.
const overlap = 24 * time.Hour

// ActivateWebhookSecret is the job that makes an app's next webhook secret the
// current one. When it is due is noted in the app.
type ActivateWebhookSecret struct {
	AppID int64 `json:"app_id"`
}

// Kind names the job.
func (ActivateWebhookSecret) Kind() string { return "app.activate_webhook_secret" }

// Register hands the package's jobs to the queue.
func (p *Portal) Register(q *queue.Queue) {
	queue.Handle(q, func(ctx context.Context, job ActivateWebhookSecret) error {
		return p.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := activateNext(tx, job.AppID, tx.NowMS())
			return err
		})
	})
}

// Busy counts the secrets that are due to become current and are not.
func Busy(tx *db.Tx) (int, error) { return nextSecretsDue(tx) }

// RotateWebhookSecret gives an app its next webhook secret, in place of one
// that waits already, or replaces the current one at once.
func (p *Portal) RotateWebhookSecret(tx *db.Tx, appID int64, immediate bool) (out api.RotatedWebhookSecret, err error) {
	out.WebhookSigningSecret = secret.New(api.PrefixWebhookSecret)
	sealed := p.Apps.Box.Seal(sealWebhookSecret, out.WebhookSigningSecret)
	if immediate {
		return out, replaceWebhookSecret(tx, appID, sealed)
	}
	due := tx.Now.Add(overlap)
	out.ActivatesAt = &api.Time{Time: due}
	if err := setNextWebhookSecret(tx, appID, sealed, due.UnixMilli()); err != nil {
		return out, err
	}
	return out, p.Timer.Schedule(tx, due, ActivateWebhookSecret{appID}, nil)
}

// activateWebhookSecret makes the next secret the current one before its time.
func (p *Portal) activateWebhookSecret(tx *db.Tx, userID, appID int64) (api.PortalApp, error) {
	changed, err := activateNext(tx, appID, tx.Now.Add(overlap).UnixMilli())
	if err == nil && !changed {
		err = problem.Conflict("No webhook secret waits to be activated. Make one with rotate-webhook-secret.")
	}
	if err != nil {
		return api.PortalApp{}, err
	}
	return p.visible(tx, userID, appID)
}

// NextWebhookSecret returns the secret that will replace an app's webhook
// secret, or "" when none waits.
func NextWebhookSecret(tx *db.Tx, box *secret.Box, appID int64) (string, error) {
	sealed, err := sealedKey(tx, appID, "next_webhook_secret")
	if err != nil || sealed == nil {
		return "", err
	}
	return box.Open(sealWebhookSecret, sealed)
}

func setNextWebhookSecret(tx *db.Tx, appID int64, sealed []byte, dueMS int64) error {
	_, err := tx.Exec(`UPDATE app SET next_webhook_secret = $2, next_webhook_ms = $3, updated_ms = $4 WHERE id = $1`,
		appID, sealed, dueMS, tx.NowMS())
	return err
}

func replaceWebhookSecret(tx *db.Tx, appID int64, sealed []byte) error {
	_, err := tx.Exec(`UPDATE app SET webhook_secret = $2, next_webhook_secret = NULL, next_webhook_ms = NULL, updated_ms = $3
		WHERE id = $1`, appID, sealed, tx.NowMS())
	return err
}

// activateNext makes the next secret current if it is due until an instant.
func activateNext(tx *db.Tx, appID, untilMS int64) (bool, error) {
	changed, err := tx.Exec(activate+`next_webhook_ms <= $2 AND id = $3`, tx.NowMS(), untilMS, appID)
	return changed == 1, err
}

const activate = `UPDATE app SET webhook_secret = next_webhook_secret, next_webhook_secret = NULL, next_webhook_ms = NULL,
	updated_ms = $1 WHERE `

func nextSecretsDue(tx *db.Tx) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM app WHERE next_webhook_ms <= $1`, tx.NowMS())
}
