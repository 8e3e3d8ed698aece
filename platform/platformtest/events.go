package platformtest

import (
	"context"
	"testing"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
)

// checkEvents holds every event that a platform recorded to the schema of its
// topic. Benchmarks measure the platform, so it leaves them alone.
func checkEvents(t testing.TB, database string) {
	t.Helper()
	if _, measures := t.(*testing.B); measures {
		return
	}
	type event struct {
		topic string
		body  []byte
	}
	err := read(t, database, func(tx *db.Tx) error {
		events, err := db.All(tx, func(r db.Row) (e event, err error) {
			err = r.Scan(&e.topic, &e.body)
			return e, err
		}, `SELECT topic, body FROM event WHERE hook = 0`)
		for _, e := range events {
			if err := openapitest.TopicConforms(e.topic, e.body); err != nil {
				t.Errorf("an event does not conform to its documentation: %v\n%s", err, e.body)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Read runs queries on the platform's database, beside the platform.
func (p *Platform) Read(do func(*db.Tx) error) {
	p.t.Helper()
	if err := p.server.Read(p.t.Context(), do); err != nil {
		p.t.Error(err)
	}
}

func read(t testing.TB, database string, do func(*db.Tx) error) error {
	ctx := context.WithoutCancel(t.Context()) // it may be a part of the clean-up
	d, err := db.Open(ctx, database, &clock.Clock{})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Read(ctx, do)
}
