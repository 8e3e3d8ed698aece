package webhook

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// staleBy is how old the timestamp of a webhook is that a fault makes stale.
const staleBy = time.Hour

// faultCall is an attempt as fault rules see it.
func faultCall(d delivery, signed bool) fault.Call {
	call := fault.Call{On: api.FaultOnWebhook, StoreID: d.storeID, Topic: d.topic, Signed: signed}
	if d.appID != nil {
		call.AppID = *d.appID
	}
	return call
}

// post sends an attempt as the fault rule that acts on it wants it sent, or not
// at all.
func (s *Service) post(ctx context.Context, c *claimed) answer {
	a := answer{id: id.UUID(), fault: c.fault}
	switch {
	case c.fault.Is(api.FaultDrop):
		a.request = http.Header{}
		a.problem, a.ended = fmt.Sprintf("fault %d dropped it: nothing was sent", c.fault.ID), clock.Machine()
		return a
	case c.fault.Is(api.FaultDelay):
		fault.Wait(ctx, c.fault)
	case c.fault.Is(api.FaultReorder):
		s.Faults.LetOthersFirst(ctx, c.targetURL, c.fault)
	}
	first := s.send(ctx, c, a)
	if c.fault.Is(api.FaultDuplicate) {
		s.send(ctx, c, a) // its answer is not looked at
	}
	s.Faults.Sent(c.targetURL, faultCall(c.delivery, c.key != ""))
	return first
}

// spoilSignature returns what signs an attempt, and when it claims to be
// signed, as its fault wants it.
func spoilSignature(c *claimed, now time.Time) (*claimed, time.Time) {
	switch {
	case c.fault.Is(api.FaultStaleTimestamp):
		return c, now.Add(-staleBy)
	case c.fault.Is(api.FaultWrongSignature):
		spoiled := *c
		spoiled.key, spoiled.nextKey = secret.New(api.PrefixWebhookSecret), ""
		return &spoiled, now
	}
	return c, now
}

// spoilContent returns the body of an attempt, and changes its type, as its
// fault wants it.
func spoilContent(c *claimed, h http.Header) []byte {
	switch {
	case c.fault.Is(api.FaultTruncate):
		return c.body[:len(c.body)/2]
	case c.fault.Is(api.FaultWrongContentType):
		h["Content-Type"] = []string{"text/plain"}
	}
	return c.body
}
