package webhook

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// message is what one attempt sends.
type message struct {
	body    []byte
	key     string // the secret that signs it in headers, in plain; "": a hook, signed within
	nextKey string // the one that will replace it, or ""
	token   string // an access token in the body, or ""
}

// message builds what an attempt sends: the stored bytes, but for a hook that
// hands over a token.
func (s *Service) message(tx *db.Tx, d delivery) (m message, err error) {
	if d.topic == api.HookToken {
		return s.tokenMessage(tx, d)
	}
	if d.topic != api.HookRevoke {
		k, err := s.secretsOf(tx, d)
		if err != nil {
			return m, err
		}
		m.key, m.nextKey = k.current, k.next
	}
	m.body, err = eventBody(tx, d.eventID)
	return m, err
}

// wants reports whether an attempt of the delivery may be made: of a farewell
// always, of a hook while it tells the truth, else while the subscription is
// active.
func wants(tx *db.Tx, d delivery, number int) (bool, error) {
	switch {
	case d.topic == api.HookToken:
		return isInstalled(tx, d.installationID)
	case d.topic == api.HookRevoke && number > 1:
		back, err := isInstalled(tx, d.installationID)
		return !back, err
	case d.farewell || d.subscriptionID == nil:
		return true, nil
	}
	return isSubscribed(tx, *d.subscriptionID, d.topic)
}
