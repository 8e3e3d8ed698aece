package webhook

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const listedColumns = `id, event_id, topic, subscription_id, app_id, store_id, target_url, status, farewell, test, resent_from,
	attempt_count, next_attempt_ms, created_ms, updated_ms`

func scanListed(r db.Row) (d api.Delivery, err error) {
	var next *int64
	var created, updated, resentFrom int64
	err = r.Scan(&d.DeliveryID, &d.EventID, &d.EventTopic, &d.SubscriptionID, &d.AppID, &d.StoreID, &d.TargetURL, &d.Status,
		&d.Farewell, &d.Test, &resentFrom, &d.AttemptCount, &next, &created, &updated)
	d.ResentFrom = orNull(resentFrom)
	d.NextAttemptAt, d.CreatedAt, d.UpdatedAt = api.AtOrNil(next), api.At(created), api.At(updated)
	d.Attempts = []api.DeliveryAttempt{}
	return d, err
}

func listedByID(tx *db.Tx, deliveryID int64) (api.Delivery, error) {
	return db.One(tx, scanListed, `SELECT `+listedColumns+` FROM delivery WHERE id = $1`, deliveryID)
}

// attemptRow is an attempt and the delivery it belongs to.
type attemptRow struct {
	deliveryID int64
	attempt    api.DeliveryAttempt
}

const attemptColumns = `delivery_id, id, number, started_ms, duration_ms, response_status, response_body, error, fault`

func scanAttempt(r db.Row) (attemptRow, error) { return scanAttemptWith(r) }

func scanAttemptWith(r db.Row, more ...any) (a attemptRow, err error) {
	var started int64
	var body []byte
	err = r.Scan(append([]any{&a.deliveryID, &a.attempt.ID, &a.attempt.Number, &started, &a.attempt.DurationMS,
		&a.attempt.ResponseStatus, &body, &a.attempt.Error, &a.attempt.Fault}, more...)...)
	a.attempt.StartedAt = api.At(started)
	a.attempt.ResponseBody = strings.ToValidUTF8(string(body), "\uFFFD")
	return a, err
}

// attemptsOf returns the attempts of deliveries, the oldest of each first.
func attemptsOf(tx *db.Tx, list []api.Delivery) ([]attemptRow, error) {
	ids := make([]any, len(list))
	for n, d := range list {
		ids[n] = d.DeliveryID
	}
	var where db.Where
	where.And("delivery_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	condition, args := where.SQL()
	return db.All(tx, scanAttempt, `SELECT `+attemptColumns+` FROM delivery_attempt WHERE `+condition+` ORDER BY delivery_id, number`, args...)
}

// attach puts attempts, oldest first, under their deliveries.
func attach(list []api.Delivery, attempts []attemptRow) {
	at := make(map[int64]*api.Delivery, len(list))
	for i := range list {
		at[list[i].DeliveryID] = &list[i]
	}
	for _, a := range attempts {
		d := at[a.deliveryID]
		d.Attempts = append(d.Attempts, a.attempt)
	}
}

// attemptDetails returns the attempts of a delivery with their headers.
func attemptDetails(tx *db.Tx, deliveryID int64) ([]api.DeliveryAttempt, error) {
	list, err := db.All(tx, scanDetail, `SELECT `+attemptColumns+`, request_headers, response_headers FROM delivery_attempt
		WHERE delivery_id = $1 ORDER BY number`, deliveryID)
	return append([]api.DeliveryAttempt{}, list...), err
}

func scanDetail(r db.Row) (api.DeliveryAttempt, error) {
	var request, response *string
	a, err := scanAttemptWith(r, &request, &response)
	if err != nil {
		return a.attempt, err
	}
	return a.attempt, errors.Join(readHeaders(request, &a.attempt.RequestHeaders), readHeaders(response, &a.attempt.ResponseHeaders))
}

func readHeaders(text *string, into *map[string][]string) error {
	if text == nil {
		return nil
	}
	return json.Unmarshal([]byte(*text), into)
}
