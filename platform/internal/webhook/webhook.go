package webhook

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/inspect"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// AttemptTimeout is how long a receiver has to answer, body included. It lies
// under the time that the queue gives a job.
const AttemptTimeout = 15 * time.Second

// Purposes under which secrets are sealed.
const (
	sealSubscription = "subscription.secret"
	sealDelivery     = "delivery.secret"
)

// Service makes deliveries and sends them. All fields are required. Run makes
// deliveries of events, and serves those that wait for a host.
type Service struct {
	DB    *db.DB
	Box   *secret.Box
	Queue *queue.Queue
	Timer *timer.Timer
	// Inspector is shown every attempt; it may be nil.
	Inspector *inspect.Log
	// Feed tells of new events.
	Feed *event.Feed
	// Faults make attempts go wrong on purpose.
	Faults *fault.Rules
	// Client reaches receivers: dial.Dialer{…}.Client(AttemptTimeout), which
	// follows no redirects.
	Client *http.Client
	// Dialer is what Client dials with: it says which hosts are allowed.
	Dialer dial.Dialer
	Writes idempotency.Writes
	// Samples are what tests of a subscription are made of, by the noun of the
	// topic: "order". Without one they are made of an example.
	Samples map[string]Sample
	Log     *slog.Logger
	// ClientSecret returns the client secret of a client id, as far as it is
	// kept anywhere: the platform itself has its hash. "" is unknown.
	ClientSecret func(clientID string) (string, error)

	gate gate
}

// Register hands the package's jobs to the queue.
func (s *Service) Register() {
	queue.Handle(s.Queue, s.attempt)
}

// Busy counts what is not finished at this instant of business time: events
// without their deliveries, attempts due and attempts in flight. A retry that
// lies in the future is not counted.
func (s *Service) Busy(tx *db.Tx) (int, error) {
	events, err := event.CountWaiting(tx)
	if err != nil {
		return 0, err
	}
	deliveries, err := countBusy(tx)
	return events + deliveries, err
}
