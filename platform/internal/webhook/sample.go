package webhook

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// Sample returns what a topic would tell of a store's newest record;
// db.ErrNoRows when it has none.
type Sample func(tx *db.Tx, storeID int64, topic string) (any, error)

// sample returns the data to test a subscription with: that of the newest event
// of its topic, else of the store's newest record, else an example.
func (s *Service) sample(tx *db.Tx, sub api.Subscription) (any, error) {
	var appID int64
	if sub.AppID != nil {
		appID = *sub.AppID
	}
	data, err := event.NewestData(tx, sub.StoreID, appID, sub.EventTopic)
	if !db.IsNone(err) {
		return data, err
	}
	noun, _, _ := strings.Cut(sub.EventTopic, ".")
	if newest, ok := s.Samples[noun]; ok {
		data, err := newest(tx, sub.StoreID, sub.EventTopic)
		if !db.IsNone(err) {
			return data, err
		}
	}
	return example(sub.StoreID, appID, sub.EventTopic, api.Time{Time: tx.Now}), nil
}
