package install

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// Activation is a merchant's consent that an app has made use of.
type Activation struct {
	App       api.App
	StoreID   int64
	AccountID int64
	Scopes    api.ScopeSet
}

// Activate installs an app, brings it back, or, where it is active, leaves it
// with the scopes of the latest consent. A new or returning installation gets
// the subscriptions its app declares and tells of itself with app.installed and
// the token hook.
func (s *Service) Activate(tx *db.Tx, in Activation) (api.Installation, error) {
	i, err := byAppAndStore(tx, in.App.AppID, in.StoreID)
	switch {
	case db.IsNone(err):
		i, err = insert(tx, in.App.AppID, in.StoreID, in.AccountID, in.Scopes)
	case err == nil && i.Status == api.InstallationActive:
		return i, nil
	case err == nil:
		i, err = reactivate(tx, i.InstallationID, in.AccountID, in.Scopes)
	}
	if err != nil {
		return i, err
	}
	return i, s.begin(tx, i, in.App)
}

// begin makes the declared subscriptions and then records app.installed, so
// that an app which subscribed to it is told. An app with a webhook_url gets a
// token of its own there.
func (s *Service) begin(tx *db.Tx, i api.Installation, a api.App) error {
	if a.WebhookReceiveURL != nil {
		_, err := s.Webhooks.SubscribeApp(tx, webhook.AppSubscriptions{
			AppID: a.AppID, InstallationID: i.InstallationID, StoreID: i.StoreID, URL: *a.WebhookReceiveURL, Topics: a.WebhookTopics,
		})
		if err != nil {
			return err
		}
	}
	st, err := store.Get(tx, i.StoreID)
	if err != nil {
		return err
	}
	_, err = s.Events.Append(tx, event.Event{
		Topic: api.TopicAppInstalled, StoreID: i.StoreID, AppID: &i.AppID, Data: payload(i, st.Name),
	})
	if err != nil || a.WebhookURL == nil {
		return err
	}
	return s.Webhooks.TellInstalled(tx, hooks(i, *a.WebhookURL))
}

func hooks(i api.Installation, url string) webhook.Hooks {
	return webhook.Hooks{AppID: i.AppID, InstallationID: i.InstallationID, StoreID: i.StoreID, URL: url}
}
