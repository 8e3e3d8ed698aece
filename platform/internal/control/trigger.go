package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// change makes a topic happen.
type change struct {
	// what it would do, as a sentence
	what string
	do   func(*trigger) (done string, err error)
}

// trigger is one call of POST /_sandbox/trigger, in the transaction of its
// change.
type trigger struct {
	owned
	app     string // slug, or ""
	message int64  // that a carrier has, whose end is the event; 0: the event is made with the change
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
	var out api.SandboxTriggered
	var sent sentMessage
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, sent, err = s.happen(tx, c, in)
		return err
	})
	if err != nil {
		return err
	}
	if sent.id != 0 {
		if out.Event, err = s.endOf(r.Context(), in.Topic, sent); err != nil {
			return err
		}
	}
	if out.Deliveries, err = s.deliveriesOf(r.Context(), out.Event.EventID); err != nil {
		return err
	}
	return web.Created(w, out.Change, out)
}

// happen makes a change and finds its event, unless that follows when a
// message has ended.
func (s *Service) happen(tx *db.Tx, c change, in api.SandboxTrigger) (out api.SandboxTriggered, sent sentMessage, err error) {
	before, err := newestEvent(tx)
	if err != nil {
		return out, sent, err
	}
	t := &trigger{app: in.App}
	if t.owned, err = s.of(tx, in.StoreID); err != nil {
		return out, sent, err
	}
	out = api.SandboxTriggered{Topic: in.Topic, StoreID: t.storeID}
	if out.Change, err = c.do(t); err != nil {
		return out, sent, err
	}
	if t.message != 0 {
		return out, sentMessage{id: t.message, storeID: t.storeID, after: before}, nil
	}
	// Whoever appends keeps others from it, so the newest is ours.
	newest, _, err := event.List(tx, t.storeID, in.Topic, web.Page{Number: 1, Limit: 1})
	if err != nil {
		return out, sent, err
	}
	if len(newest) == 0 || newest[0].Seq <= before {
		return out, sent, problem.Conflict("Somebody else made the same change of store %d just now. Try again.", t.storeID)
	}
	out.Event = newest[0]
	return out, sent, nil
}
