package event

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

const listedColumns = `seq, event_id, topic, store_id, app_id, created_ms, body`

func scanListed(r db.Row) (e api.SandboxEvent, err error) {
	var created int64
	var body []byte
	err = r.Scan(&e.Seq, &e.EventID, &e.Topic, &e.StoreID, &e.AppID, &created, &body)
	e.CreatedAt, e.Body = api.At(created), body
	return e, err
}

// List returns a page of the events of a store, or of all with storeID 0, and
// of a topic, or of all, newest first; and how many there are. Hooks and tests
// are no events.
func List(tx *db.Tx, storeID int64, topic string, page web.Page) (list []api.SandboxEvent, total int, err error) {
	var where db.Where
	where.And("hook = 0")
	if storeID != 0 {
		where.And("store_id = ?", storeID)
	}
	if topic != "" {
		where.And("topic = ?", topic)
	}
	if total, err = where.Count(tx, "event"); err != nil {
		return nil, 0, err
	}
	list, err = db.Rows(tx, scanListed, &where, db.Page{
		Columns: listedColumns, From: "event", Sort: "seq", ID: "seq", Desc: true, Limit: page.Limit, Offset: page.Offset(),
	})
	return list, total, err
}

// ByID returns an event, or not_found.
func ByID(tx *db.Tx, eventID string) (api.SandboxEvent, error) {
	e, err := db.One(tx, scanListed, `SELECT `+listedColumns+` FROM event WHERE event_id = $1 AND hook = 0`, eventID)
	if db.IsNone(err) {
		err = problem.New(http.StatusNotFound, api.CodeNotFound, "No event %s.", eventID)
	}
	return e, err
}
