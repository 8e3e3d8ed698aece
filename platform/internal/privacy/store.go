package privacy

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `event_id, topic, store_id, created_ms, body`

func scan(r db.Row) (api.PrivacyRequest, error) {
	var eventID, topic string
	var storeID, created int64
	var body []byte
	if err := r.Scan(&eventID, &topic, &storeID, &created, &body); err != nil {
		return api.PrivacyRequest{}, err
	}
	return request(eventID, topic, storeID, api.At(created), body)
}

func requestByID(tx *db.Tx, eventID string) (api.PrivacyRequest, error) {
	out, err := db.One(tx, scan, `SELECT `+columns+` FROM event WHERE event_id = $1`, eventID)
	if err == nil {
		out.Apps, err = told(tx, eventID)
	}
	return out, err
}

// requests returns a page of a store's requests, newest first, and how many
// there are. The event that an uninstall owes one app is none of them. The
// topics are those of the index event_privacy, word for word.
func requests(tx *db.Tx, storeID int64, limit, offset int) ([]api.PrivacyRequest, int, error) {
	var w db.Where
	w.And("store_id = ?", storeID)
	w.And("app_id IS NULL")
	w.And("topic IN ('customers/data_request', 'customers/redact', 'shop/redact')")
	total, err := w.Count(tx, "event")
	if err != nil {
		return nil, 0, err
	}
	list, err := db.Rows(tx, scan, &w, db.Page{Columns: columns, From: "event", Sort: "seq", ID: "seq", Desc: true, Limit: limit, Offset: offset})
	for n := range list {
		if err == nil {
			list[n].Apps, err = told(tx, list[n].EventID)
		}
	}
	return list, total, err
}

// told returns the apps that an event was or will be sent to.
func told(tx *db.Tx, eventID string) ([]api.PrivacyApp, error) {
	apps, err := db.All(tx, func(r db.Row) (p api.PrivacyApp, err error) {
		err = r.Scan(&p.AppID, &p.Name, &p.DeliveryID, &p.DeliveryStatus)
		return p, err
	}, `SELECT a.id, a.name, d.id, d.status FROM delivery d JOIN app a ON a.id = d.app_id WHERE d.event_id = $1 ORDER BY d.id`, eventID)
	return append([]api.PrivacyApp{}, apps...), err
}
