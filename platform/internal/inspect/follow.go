package inspect

import (
	"context"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// followed is how many events are read at once.
const followed = 100

// Follow adds every event that is recorded from now on, in whichever process,
// until ctx ends.
func (l *Log) Follow(ctx context.Context, d *db.DB, feed *event.Feed) error {
	var seq int64
	for resets := -1; ; {
		changed := feed.Changed()
		batch, newest, err := eventsAfter(ctx, d, seq)
		if ctx.Err() != nil {
			return nil
		}
		switch now := feed.Resets(); {
		case err != nil: // a busy or restarted database: the next change comes
		case now != resets: // the data is another
			resets, seq = now, newest
		default:
			for _, e := range batch {
				l.Add(happened(e))
				seq = e.Seq
			}
			if len(batch) == followed {
				continue
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
}

func eventsAfter(ctx context.Context, d *db.DB, seq int64) (batch []api.LiveEvent, newest int64, err error) {
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		if newest, err = event.Last(tx, 0); err == nil {
			batch, err = event.After(tx, 0, seq, followed)
		}
		return err
	})
	return batch, newest, err
}

func happened(e api.LiveEvent) api.InspectorDetail {
	kind := api.InspectedEvent
	if api.TopicScope(e.Topic) == api.Billing {
		kind = api.InspectedBilling
	}
	d := api.InspectorDetail{Request: &api.InspectorMessage{Headers: []api.InspectorHeader{}, Body: mask(string(e.Data)), Size: int64(len(e.Data))}}
	d.Kind, d.Verdict, d.Title = kind, api.VerdictAccepted, e.Topic
	d.StoreID, d.AppID, d.EventID = &e.StoreID, e.AppID, &e.EventID
	return d
}
