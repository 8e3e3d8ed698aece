package webhook

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/verdict"
)

// maxOthers is how many secrets of other webhooks and of other apps are tried.
const maxOthers = 10

// ownSecrets are those that sign a delivery now, will sign it, or did until
// they were rotated; today's first.
func (s *Service) ownSecrets(tx *db.Tx, d delivery) ([]verdict.Secret, error) {
	k, err := s.secretsOf(tx, d)
	if err != nil {
		return nil, err
	}
	list := []verdict.Secret{{Code: "secret_rotated", Name: "today's secret, which has replaced the one that signed this attempt", Value: k.current,
		Fix: "That is right from now on. Attempts from before the rotation carry the signature of the secret before."}}
	if k.next != "" {
		list = append(list, verdict.Secret{Code: "secret_next", Name: "the next secret, which does not sign alone yet", Value: k.next,
			Fix: "Until it becomes the current one, compare with " + api.HeaderWebhookSignatureNext + " too, and accept either."})
	}
	if d.secret != nil || d.subscriptionID == nil {
		return list, nil
	}
	sealed, err := previousSecret(tx, *d.subscriptionID)
	if err != nil || sealed == nil {
		return list, err
	}
	previous, err := s.Box.Open(sealSubscription, sealed)
	return append(list, verdict.Secret{Code: "secret_rotated", Name: "the secret from before the rotation", Value: previous,
		Fix: "Put the new secret into your app's configuration and start it again."}), err
}

// otherSecrets are those that are easily taken for the right one, and a
// sentence about what is not among them.
func (s *Service) otherSecrets(tx *db.Tx, d delivery) (list []verdict.Secret, untried string, err error) {
	if d.appID != nil {
		if list, untried, err = s.appCredentials(tx, *d.appID); err != nil {
			return list, untried, err
		}
	}
	hooks, err := hooksBeside(tx, d)
	if err != nil {
		return list, untried, err
	}
	for _, h := range hooks {
		value, err := s.Box.Open(sealSubscription, h.sealed)
		if err != nil {
			return list, untried, err
		}
		list = append(list, verdict.Secret{Code: "secret_other_webhook", Name: fmt.Sprintf("the secret of webhook %d (%s)", h.id, h.name), Value: value})
	}
	apps, err := appsBeside(tx, d)
	if err != nil {
		return list, untried, err
	}
	for _, a := range apps {
		value, err := app.WebhookSecret(tx, s.Box, a.id)
		if err != nil {
			return list, untried, err
		}
		list = append(list, verdict.Secret{Code: "secret_other_app", Name: "the webhook secret of " + a.name, Value: value})
	}
	return list, untried, nil
}

// appCredentials are the other secrets of an app.
func (s *Service) appCredentials(tx *db.Tx, appID int64) (list []verdict.Secret, untried string, err error) {
	key, err := app.SigningKey(tx, s.Box, appID)
	if err != nil {
		return nil, "", err
	}
	list = append(list, verdict.Secret{Code: "secret_session_key", Name: "the session signing key", Value: key})
	clientID, err := clientIDOf(tx, appID)
	if err != nil {
		return list, "", err
	}
	client, err := s.ClientSecret(clientID)
	if err != nil || client == "" {
		return list, "The client secret was not tried: the platform keeps only its hash. Make sure that the key begins with whsec_.", err
	}
	return append(list, verdict.Secret{Code: "secret_client", Name: "the client secret", Value: client}), "", nil
}

// previousSecret is the sealed secret that a subscription's current one has
// replaced when it fell due, or nil.
func previousSecret(tx *db.Tx, subscriptionID int64) ([]byte, error) {
	sealed, err := db.One(tx, db.Value[[]byte], `SELECT secret FROM subscription
		WHERE id = $1 AND next_secret IS NOT NULL AND next_secret_ms <= $2`, subscriptionID, tx.NowMS())
	if db.IsNone(err) {
		return nil, nil
	}
	return sealed, err
}

// beside is a webhook or an app in the store of a delivery.
type beside struct {
	id     int64
	name   string
	sealed []byte // of webhooks
}

// hooksBeside are the store's own webhooks but the delivery's, the newest.
func hooksBeside(tx *db.Tx, d delivery) ([]beside, error) {
	return db.All(tx, func(r db.Row) (b beside, err error) {
		err = r.Scan(&b.id, &b.name, &b.sealed)
		return b, err
	}, `SELECT id, COALESCE(name, topic), secret FROM subscription
		WHERE store_id = $1 AND id <> $2 AND secret IS NOT NULL AND deleted_ms IS NULL ORDER BY id DESC LIMIT $3`,
		d.storeID, orZero(d.subscriptionID), maxOthers)
}

// appsBeside are the apps that are installed on the store but the delivery's,
// the newest.
func appsBeside(tx *db.Tx, d delivery) ([]beside, error) {
	return db.All(tx, func(r db.Row) (b beside, err error) {
		err = r.Scan(&b.id, &b.name)
		return b, err
	}, `SELECT a.id, a.name FROM installation i JOIN app a ON a.id = i.app_id
		WHERE i.store_id = $1 AND i.status = 'active' AND a.id <> $2 ORDER BY i.id DESC LIMIT $3`, d.storeID, orZero(d.appID), maxOthers)
}

func orZero(id *int64) int64 {
	if id == nil {
		return 0
	}
	return *id
}

func clientIDOf(tx *db.Tx, appID int64) (string, error) {
	return db.One(tx, db.Value[string], `SELECT client_id FROM app WHERE id = $1`, appID)
}
