package webhook

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

const subscriptionQuery = `SELECT s.id, s.app_id, s.installation_id, s.store_id, s.topic, s.target_url, s.is_active, s.failure_count,
	s.name, COALESCE(a.name, s.name, ''), s.last_success_ms, s.last_failure_ms, s.created_ms
	FROM subscription s LEFT JOIN app a ON a.id = s.app_id `

func scanSubscription(r db.Row) (s api.Subscription, err error) {
	var success, failure *int64
	var created int64
	err = r.Scan(&s.SubscriptionID, &s.AppID, &s.InstallationID, &s.StoreID, &s.EventTopic, &s.TargetURL, &s.IsActive,
		&s.FailureCount, &s.Name, &s.SourceName, &success, &failure, &created)
	s.CreatedByType = "merchant"
	if s.AppID != nil {
		s.CreatedByType = "app"
	}
	s.LastSuccessAt, s.LastFailureAt, s.CreatedAt = api.AtOrNil(success), api.AtOrNil(failure), api.At(created)
	return s, err
}

func subscriptionsOfStore(tx *db.Tx, storeID int64) ([]api.Subscription, error) {
	return db.All(tx, scanSubscription, subscriptionQuery+`WHERE s.store_id = $1 AND s.deleted_ms IS NULL ORDER BY s.id`, storeID)
}

func subscriptionsOfApp(tx *db.Tx, storeID, appID int64) ([]api.Subscription, error) {
	return db.All(tx, scanSubscription, subscriptionQuery+`WHERE s.store_id = $1 AND s.app_id = $2 AND s.deleted_ms IS NULL
		ORDER BY s.id`, storeID, appID)
}

func subscriptionsOfInstallation(tx *db.Tx, installationID int64) ([]api.Subscription, error) {
	return db.All(tx, scanSubscription, subscriptionQuery+`WHERE s.installation_id = $1 AND s.deleted_ms IS NULL
		ORDER BY s.id`, installationID)
}

// deliveriesOf returns a page of a store's deliveries with their attempts,
// newest first, of one app or, with appID 0, of all; and how many there are.
func deliveriesOf(tx *db.Tx, storeID, appID int64, page web.Page) (list []api.Delivery, total int, err error) {
	from, cut, args := `FROM delivery WHERE store_id = $1`, ` ORDER BY id DESC LIMIT $2 OFFSET $3`, []any{storeID}
	if appID != 0 {
		from, cut, args = from+` AND app_id = $2`, ` ORDER BY id DESC LIMIT $3 OFFSET $4`, append(args, appID)
	}
	if total, err = db.One(tx, db.Value[int], `SELECT COUNT(*) `+from, args...); err != nil {
		return nil, 0, err
	}
	args = append(args, page.Limit, page.Offset())
	if list, err = db.All(tx, scanListed, `SELECT id, event_id, topic, subscription_id, app_id, store_id, target_url, status,
		farewell, attempt_count, next_attempt_ms, created_ms, updated_ms `+from+cut, args...); err != nil {
		return nil, 0, err
	}
	attempts, err := db.All(tx, scanAttempt, `SELECT delivery_id, id, number, started_ms, duration_ms, response_status,
		response_body, error FROM delivery_attempt WHERE delivery_id IN (SELECT id `+from+cut+`) ORDER BY delivery_id, number`, args...)
	attach(list, attempts)
	return list, total, err
}

func scanListed(r db.Row) (d api.Delivery, err error) {
	var next *int64
	var created, updated int64
	err = r.Scan(&d.DeliveryID, &d.EventID, &d.EventTopic, &d.SubscriptionID, &d.AppID, &d.StoreID, &d.TargetURL, &d.Status,
		&d.Farewell, &d.AttemptCount, &next, &created, &updated)
	d.NextAttemptAt, d.CreatedAt, d.UpdatedAt = api.AtOrNil(next), api.At(created), api.At(updated)
	d.Attempts = []api.DeliveryAttempt{}
	return d, err
}

// attemptRow is an attempt and the delivery it belongs to.
type attemptRow struct {
	deliveryID int64
	attempt    api.DeliveryAttempt
}

func scanAttempt(r db.Row) (a attemptRow, err error) {
	var started int64
	var body []byte
	err = r.Scan(&a.deliveryID, &a.attempt.ID, &a.attempt.Number, &started, &a.attempt.DurationMS,
		&a.attempt.ResponseStatus, &body, &a.attempt.Error)
	a.attempt.StartedAt = api.At(started)
	a.attempt.ResponseBody = strings.ToValidUTF8(string(body), "\uFFFD")
	return a, err
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
