package event_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
)

func TestAppendStoresTheWebhookBody(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	rec := b.append(t, 22, struct {
		OrderID int64     `json:"order_id"`
		Name    string    `json:"name"`
		Total   api.Money `json:"total"`
	}{7, "রহিম & <Co>", 146050})
	want := `{"event_id":"` + rec.ID + `","event_topic":"order.updated","store_id":22,"timestamp":"2026-01-31T06:00:00.000Z",` +
		`"data":{"order_id":7,"name":"রহিম \u0026 \u003cCo\u003e","total":1460.50}}`
	if got := dbtest.Value[[]byte](t, b.db, `SELECT body FROM event WHERE seq = $1`, rec.Seq); string(got) != want || string(rec.Body) != want {
		t.Errorf("stored   %s\nreturned %s\nwant     %s", got, rec.Body, want)
	}
}

func TestRollbackLeavesNoEvent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	changed := b.log.Feed.Changed()
	boom := errors.New("boom")
	err := b.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := b.log.Append(tx, event.Event{Topic: api.TopicOrderCreated, StoreID: 22})
		return errors.Join(err, boom)
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	events := dbtest.Value[int](t, b.db, `SELECT COUNT(*) FROM event`)
	if events != 0 {
		t.Errorf("%d events survived", events)
	}
	select {
	case <-changed:
		t.Error("the feed was woken")
	default:
	}
}

func TestDataThatIsNoJSONIsRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	err := b.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := b.log.Append(tx, event.Event{Topic: api.TopicOrderCreated, StoreID: 22, Data: func() {}})
		return err
	})
	if err == nil {
		t.Error("stored a function")
	}
}

func TestFanOutIsClaimedOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first, second := b.append(t, 22, 1), b.append(t, 23, 2)
	claim := func(seq int64) (rec event.Record, waiting []int64, err error) {
		err = b.db.Write(t.Context(), func(tx *db.Tx) error {
			if rec, err = event.ClaimFanOut(tx, seq); err != nil && !errors.Is(err, db.ErrNoRows) {
				return err
			}
			claimed := err
			waiting, err = event.Waiting(tx, 10)
			return errors.Join(claimed, err)
		})
		return rec, waiting, err
	}
	got, waiting, err := claim(first.Seq)
	if diff := cmp.Diff(first, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if diff := cmp.Diff([]int64{second.Seq}, waiting); diff != "" {
		t.Errorf("waiting (-want +got):\n%s", diff)
	}
	if _, _, err := claim(first.Seq); !errors.Is(err, db.ErrNoRows) {
		t.Errorf("claimed twice: %v", err)
	}
}

func TestFeedWakesEveryWaiter(t *testing.T) {
	t.Parallel()
	var feed event.Feed
	feed.Wake() // with nobody waiting
	a, b := feed.Changed(), feed.Changed()
	feed.Wake()
	<-a
	<-b
	select {
	case <-feed.Changed():
		t.Error("one wake was heard twice")
	default:
	}
}
