package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/fault"
)

// What is kept of an answer, in bytes.
const (
	maxBody    = 20_000
	maxHeaders = 10_000
)

// answer is what one POST sent and got back.
type answer struct {
	id       string // the X-SeloraX-Delivery-Id it carried
	request  http.Header
	status   int // 0: no answer
	response http.Header
	body     []byte
	problem  string      // why there was no answer, or only a part of one
	fault    *fault.Rule // the rule that acted, or nil
	took     time.Duration
	ended    time.Time // machine time
}

// verdict is the status that counts: an answer that did not come to its end in
// time is none.
func (a answer) verdict() int {
	if a.problem != "" {
		return 0
	}
	return a.status
}

// send sends the stored bytes, signed now. A request that cannot be made is a
// failed attempt like one that is not answered.
func (s *Service) send(ctx context.Context, c *claimed, a answer) answer {
	ctx, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	started := clock.Machine()
	if err := s.exchange(ctx, c, &a, started); err != nil {
		a.problem = explain(err, min(c.limit, s.Client.Timeout))
	}
	a.mask(c.token)
	a.ended = clock.Machine()
	a.took = a.ended.Sub(started)
	return a
}

func (s *Service) exchange(ctx context.Context, c *claimed, a *answer, started time.Time) (err error) {
	c, at := spoilSignature(c, started)
	if a.request, err = headers(c, a.id, at.Unix()); err != nil {
		return err
	}
	if err := signNext(a.request, c, at.Unix()); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.targetURL, bytes.NewReader(spoilContent(c, a.request)))
	if err != nil {
		return err
	}
	req.Header = a.request
	resp, err := s.Client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	a.status, a.response = resp.StatusCode, resp.Header
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxBody))
	return err
}

// headers of a hook are those of a webhook without the signatures: its body
// holds its own. They are written as they are spelled here: Header.Set would change
// X-SeloraX into X-Selorax.
func headers(c *claimed, attemptID string, timestamp int64) (http.Header, error) {
	seconds := strconv.FormatInt(timestamp, 10)
	h := http.Header{
		"Content-Type":             {"application/json"},
		"User-Agent":               {api.WebhookUserAgent},
		api.HeaderWebhookTimestamp: {seconds},
		api.HeaderWebhookEvent:     {c.topic},
		api.HeaderWebhookEventID:   {c.eventID},
		api.HeaderIdempotencyKey:   {c.eventID},
		api.HeaderDeliveryID:       {attemptID},
	}
	if c.key == "" {
		return h, nil
	}
	standard, err := StandardSignature(c.key, c.eventID, timestamp, c.body)
	h[api.HeaderWebhookSignature] = []string{Signature(c.key, timestamp, c.body)}
	h[api.HeaderStandardID] = []string{c.eventID}
	h[api.HeaderStandardTimestamp] = []string{seconds}
	h[api.HeaderStandardSignature] = []string{standard}
	return h, err
}

// explain says what went wrong without the URL, whose query may hold secrets.
func explain(err error, limit time.Duration) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("no complete answer within %v", limit)
	}
	var about *url.Error
	if errors.As(err, &about) {
		err = about.Err
	}
	if errors.Is(err, dial.ErrNotPublic) {
		return err.Error() + "; name its host in --allow-webhook-hosts to reach it"
	}
	return err.Error()
}

// loggable is a URL without what may be secret in it.
func loggable(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return "invalid"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// headersJSON encodes headers for storage, the first of them when they are
// more than anybody needs; nil for none.
func headersJSON(h http.Header) *string {
	if h == nil {
		return nil
	}
	kept, size := http.Header{}, 0
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			if size += len(name) + len(value); size <= maxHeaders {
				kept[name] = append(kept[name], value)
			}
		}
	}
	text, _ := json.Marshal(kept) // strings always encode
	encoded := string(text)
	return &encoded
}
