package webhook

import (
	"errors"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/web"
)

// overlap is how long a merchant's subscription is signed with the next secret
// beside the current one, in business time: as long as those of apps.
const overlap = 24 * time.Hour

// secrets are what a delivery is signed with, in plain: the current one, and
// the one that will replace it, or "".
type secrets struct{ current, next string }

// secretsOf returns the secrets of a delivery: those it carries itself, those
// of its subscription, or its app's.
func (s *Service) secretsOf(tx *db.Tx, d delivery) (k secrets, err error) {
	if d.secret != nil {
		k.current, err = s.Box.Open(sealDelivery, d.secret)
		return k, err
	}
	own := sealedSecrets{}
	if d.subscriptionID != nil {
		if own, err = subscriptionSecrets(tx, *d.subscriptionID); err != nil {
			return k, err
		}
	}
	switch {
	case own.current != nil:
		return s.openOwn(own)
	case d.appID != nil:
		return s.appSecrets(tx, *d.appID)
	}
	return k, errors.New("a subscription has neither a secret nor an app")
}

func (s *Service) openOwn(own sealedSecrets) (k secrets, err error) {
	if k.current, err = s.Box.Open(sealSubscription, own.current); err != nil || own.next == nil {
		return k, err
	}
	k.next, err = s.Box.Open(sealSubscription, own.next)
	return k, err
}

func (s *Service) appSecrets(tx *db.Tx, appID int64) (k secrets, err error) {
	if k.current, err = app.WebhookSecret(tx, s.Box, appID); err != nil {
		return k, err
	}
	k.next, err = app.NextWebhookSecret(tx, s.Box, appID)
	return k, err
}

// withSecret joins a subscription with the masked secret that signs it.
func (s *Service) withSecret(tx *db.Tx, sub api.Subscription) (out api.SubscriptionWithSecret, err error) {
	k, err := s.secretsOf(tx, delivery{subscriptionID: &sub.SubscriptionID, appID: sub.AppID})
	return api.SubscriptionWithSecret{Subscription: sub, SigningSecret: api.MaskSecret(k.current)}, err
}

// rotate gives a merchant's subscription its next secret, in place of one that
// waits already, or replaces the current one at once. Nothing has to happen
// when the next one becomes current: whoever signs looks at the time.
func (s *Service) rotate(tx *db.Tx, caller web.Caller, subscriptionID int64, immediate bool) (out api.RotatedWebhookSecret, err error) {
	sub, err := hold(tx, caller, subscriptionID)
	if err != nil {
		return out, err
	}
	if sub.AppID != nil {
		return out, ofApp(sub, "Its secret is the app's own; whoever owns the app rotates it.")
	}
	own, err := subscriptionSecrets(tx, subscriptionID)
	if err != nil {
		return out, err
	}
	out.WebhookSigningSecret = secret.New(api.PrefixWebhookSecret)
	fresh := s.Box.Seal(sealSubscription, out.WebhookSigningSecret)
	if immediate {
		return out, setSecrets(tx, subscriptionID, sealedSecrets{current: fresh}, nil)
	}
	due := tx.Now.Add(overlap)
	out.ActivatesAt = &api.Time{Time: due}
	dueMS := due.UnixMilli()
	return out, setSecrets(tx, subscriptionID, sealedSecrets{own.current, fresh}, &dueMS)
}

// sealedSecrets are a subscription's own secrets at this instant of business
// time; an app's subscription has none.
type sealedSecrets struct{ current, next []byte }

func subscriptionSecrets(tx *db.Tx, subscriptionID int64) (sealedSecrets, error) {
	return db.One(tx, func(r db.Row) (k sealedSecrets, err error) {
		var dueMS *int64
		err = r.Scan(&k.current, &k.next, &dueMS)
		if k.next != nil && dueMS != nil && *dueMS <= tx.NowMS() {
			k.current, k.next = k.next, nil
		}
		return k, err
	}, `SELECT secret, next_secret, next_secret_ms FROM subscription WHERE id = $1`, subscriptionID)
}

func setSecrets(tx *db.Tx, subscriptionID int64, k sealedSecrets, dueMS *int64) error {
	_, err := tx.Exec(`UPDATE subscription SET secret = $2, next_secret = $3, next_secret_ms = $4 WHERE id = $1`,
		subscriptionID, k.current, k.next, dueMS)
	return err
}
