package control

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// How long a trigger waits for an event that follows later: the simulated
// carrier takes three seconds.
const (
	eventWithin = 10 * time.Second
	eventPoll   = 50 * time.Millisecond
)

// change makes a topic happen.
type change struct {
	// what it would do, as a sentence
	what string
	do   func(context.Context, *trigger) (done string, err error)
}

// trigger is one call of POST /_sandbox/trigger.
type trigger struct {
	*grower
	app string // slug, or ""
}

func (s *Service) triggerRoutes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/trigger", s.serveTopics)
	r.ForControl(http.MethodPost, "/_sandbox/trigger", s.serveTrigger)
}

func (s *Service) serveTopics(w http.ResponseWriter, _ *http.Request) error {
	var list []api.SandboxTopic
	for _, topic := range api.Topics {
		list = append(list, api.SandboxTopic{Topic: topic, Change: changes[topic].what})
	}
	return web.OK(w, "Topics fetched.", list)
}

// serveTrigger makes the real change that a topic tells of and answers with
// the event it caused.
func (s *Service) serveTrigger(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxTrigger](w, r)
	if err != nil {
		return err
	}
	c, ok := changes[in.Topic]
	if !ok {
		return problem.Invalid("topic", "is no topic%s", web.Suggestion(in.Topic, api.Topics))
	}
	t := &trigger{grower: &grower{service: s, out: api.SandboxSeeded{StoreID: storeOf(in.StoreID)}}, app: in.App}
	before, err := s.newest(r.Context())
	if err != nil {
		return err
	}
	out := api.SandboxTriggered{Topic: in.Topic, StoreID: t.out.StoreID}
	err = s.asMerchant(r.Context(), t.out.StoreID, func(m actor) (err error) {
		t.merchant = m
		out.Change, err = c.do(r.Context(), t)
		return err
	})
	if err != nil {
		return err
	}
	if out.Event, out.Deliveries, err = s.caused(r.Context(), in.Topic, t.out.StoreID, before); err != nil {
		return err
	}
	return web.Created(w, out.Change, out)
}

func (s *Service) newest(ctx context.Context) (seq int64, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		seq, err = newestEvent(tx)
		return err
	})
	return seq, err
}

// caused waits for the first event of a topic after a sequence number, and for
// its deliveries to be made.
func (s *Service) caused(ctx context.Context, topic string, storeID, after int64) (e api.SandboxEvent, deliveries int, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, eventWithin, problem.New(http.StatusConflict, api.CodeConflict,
		"The change is made; %s follows as business time goes on. If the clock stands, move it: sx clock advance 1m", topic))
	defer cancel()
	tick := time.NewTicker(eventPoll)
	defer tick.Stop()
	for {
		var fannedOut bool
		err = s.DB.Read(ctx, func(tx *db.Tx) error {
			e, fannedOut, err = firstEvent(tx, topic, storeID, after)
			if err == nil {
				deliveries, err = db.One(tx, db.Value[int], `SELECT COUNT(*) FROM delivery WHERE event_id = $1`, e.EventID)
			}
			return err
		})
		if err == nil && fannedOut || err != nil && !db.IsNone(err) {
			return e, deliveries, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return e, 0, context.Cause(ctx)
		}
	}
}

func firstEvent(tx *db.Tx, topic string, storeID, after int64) (e api.SandboxEvent, fannedOut bool, err error) {
	e, err = db.One(tx, func(r db.Row) (e api.SandboxEvent, err error) {
		var created int64
		var body []byte
		err = r.Scan(&e.Seq, &e.EventID, &e.Topic, &e.StoreID, &e.AppID, &created, &body, &fannedOut)
		e.CreatedAt, e.Body = api.At(created), json.RawMessage(body)
		return e, err
	}, `SELECT seq, event_id, topic, store_id, app_id, created_ms, body, fanned_out = 1 FROM event
		WHERE topic = $1 AND store_id = $2 AND seq > $3 ORDER BY seq LIMIT 1`, topic, storeID, after)
	return e, fannedOut, err
}
