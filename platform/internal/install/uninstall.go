package install

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/token"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Uninstall ends an installation on a store of the caller. From the commit on
// every credential of the app answers 401 for the store.
func (s *Service) Uninstall(tx *db.Tx, caller web.Caller, installationID int64) (out api.Uninstalled, err error) {
	i, err := s.owned(tx, caller, installationID)
	if err != nil {
		return out, err
	}
	// Tokens first: nothing that happens below may be seen with one.
	if out.TokensRevoked, err = token.RevokeInstallation(tx, i.InstallationID); err != nil {
		return out, err
	}
	if err := token.RevokeCodes(tx, i.AppID, i.StoreID); err != nil {
		return out, err
	}
	if i, err = markUninstalled(tx, i.InstallationID); db.IsNone(err) {
		return out, problem.Conflict("This app is not installed any more.")
	} else if err != nil {
		return out, err
	}
	out.Installation = i
	if out.ChargesCancelled, err = s.cancelCharges(tx, i); err != nil {
		return out, err
	}
	if err := s.sayFarewell(tx, i); err != nil {
		return out, err
	}
	if err := s.revokeHook(tx, i); err != nil {
		return out, err
	}
	out.SubscriptionsRemoved, out.DeliveriesCancelled, err = s.Webhooks.RemoveInstallation(tx, i.InstallationID)
	if err != nil {
		return out, err
	}
	if err := app.EndCustom(tx, i.AppID); err != nil {
		return out, err
	}
	return out, s.oweRedaction(tx, i)
}

// owned returns an installation on a store that the caller may open.
func (s *Service) owned(tx *db.Tx, caller web.Caller, installationID int64) (api.Installation, error) {
	i, err := byID(tx, installationID)
	if db.IsNone(err) || err == nil && caller.CheckStore(i.StoreID) != nil {
		return i, problem.NotFound("installation", installationID)
	}
	return i, err
}

// cancelCharges cancels the pending charges, tells the subscriptions that want
// to know and returns how many there were.
func (s *Service) cancelCharges(tx *db.Tx, i api.Installation) (int, error) {
	events, err := billing.CancelInstallation(tx, i.InstallationID)
	if err != nil {
		return 0, err
	}
	for _, e := range events {
		rec, err := s.Events.Append(tx, e)
		if err != nil {
			return 0, err
		}
		if _, err := s.Webhooks.Farewell(tx, rec, i.InstallationID, i.AppID, ""); err != nil {
			return 0, err
		}
	}
	return len(events), nil
}

// sayFarewell records app.uninstalled and addresses it to the app while its
// subscriptions still exist.
func (s *Service) sayFarewell(tx *db.Tx, i api.Installation) error {
	st, err := store.Get(tx, i.StoreID)
	if err != nil {
		return err
	}
	return s.farewell(tx, i, event.Event{
		Topic: api.TopicAppUninstalled, StoreID: i.StoreID, AppID: &i.AppID, Data: payload(i, st.Name),
	})
}

func (s *Service) farewell(tx *db.Tx, i api.Installation, e event.Event) error {
	a, err := s.Apps.Record(tx, i.AppID)
	if err != nil {
		return err
	}
	rec, err := s.Events.Append(tx, e)
	if err != nil {
		return err
	}
	receiveURL := ""
	if a.WebhookReceiveURL != nil {
		receiveURL = *a.WebhookReceiveURL
	}
	_, err = s.Webhooks.Farewell(tx, rec, i.InstallationID, i.AppID, receiveURL)
	return err
}

// revokeHook is the last farewell, to an app that registered a webhook_url.
func (s *Service) revokeHook(tx *db.Tx, i api.Installation) error {
	a, err := s.Apps.Get(tx, i.AppID)
	if err != nil || a.WebhookURL == nil {
		return err
	}
	return s.Webhooks.TellUninstalled(tx, hooks(i, *a.WebhookURL))
}
