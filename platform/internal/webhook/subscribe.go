package webhook

import "github.com/selorax/sandbox/platform/internal/db"

// AppSubscriptions is what an app declares at its registration.
type AppSubscriptions struct {
	AppID, InstallationID, StoreID int64
	URL                            string
	Topics                         []string
}

// SubscribeApp makes the subscriptions that an app declares, at its install
// and anew at each reinstall, signed with the app's secret. A topic that the
// installation has at this URL already is left alone. It returns how many it
// made.
func (s *Service) SubscribeApp(tx *db.Tx, in AppSubscriptions) (made int, err error) {
	for _, topic := range in.Topics {
		n, err := insertAppSubscription(tx, in, topic)
		if err != nil {
			return made, err
		}
		made += int(n)
	}
	return made, nil
}

// RemoveInstallation ends an installation's subscriptions and cancels its
// deliveries that wait; it returns how many of each. Farewells stay. An attempt
// in flight may finish: it delivers, or else is cancelled instead of retried.
func (s *Service) RemoveInstallation(tx *db.Tx, installationID int64) (subscriptions, cancelled int, err error) {
	removed, err := removeSubscriptions(tx, installationID)
	if err != nil {
		return 0, 0, err
	}
	stopped, err := cancelWaiting(tx, installationID)
	return int(removed), int(stopped), err
}
