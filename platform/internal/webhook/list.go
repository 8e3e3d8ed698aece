package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Filter says which deliveries are asked for; what is zero asks for all.
type Filter struct {
	StoreID, AppID, SubscriptionID int64
	Topic, Status, EventID         string
}

func (f Filter) where() *db.Where {
	var where db.Where
	is(&where, "store_id", f.StoreID)
	is(&where, "app_id", f.AppID)
	is(&where, "subscription_id", f.SubscriptionID)
	is(&where, "topic", f.Topic)
	is(&where, "status", f.Status)
	is(&where, "event_id", f.EventID)
	return &where
}

// is adds that a column has a value, unless the value is zero.
func is[T comparable](where *db.Where, column string, value T) {
	var zero T
	if value != zero {
		where.And(column+" = ?", value)
	}
}

// Narrow takes what a list of deliveries may be narrowed by from the query.
func (f *Filter) Narrow(q *web.Query) {
	f.Topic, f.EventID = q.Text("topic"), q.Text("event_id")
	f.Status = q.OneOf("status", api.DeliveryStatuses)
}

// Deliveries returns a page of the deliveries that match with their attempts,
// newest first, and how many match.
func Deliveries(tx *db.Tx, f Filter, page web.Page) (list []api.Delivery, total int, err error) {
	where := f.where()
	if total, err = where.Count(tx, "delivery"); err != nil {
		return nil, 0, err
	}
	list, err = db.Rows(tx, scanListed, where, db.Page{
		Columns: listedColumns, From: "delivery", Sort: "id", ID: "id", Desc: true, Limit: page.Limit, Offset: page.Offset(),
	})
	if err != nil || len(list) == 0 {
		return list, total, err
	}
	attempts, err := attemptsOf(tx, list)
	attach(list, attempts)
	return list, total, err
}

// Detail returns a delivery with everything that its attempts sent and got, or
// not_found.
func Detail(tx *db.Tx, deliveryID int64) (out api.DeliveryDetail, err error) {
	out.Delivery, err = listedByID(tx, deliveryID)
	if db.IsNone(err) {
		return out, problem.NotFound("delivery", deliveryID)
	}
	if err != nil {
		return out, err
	}
	body, err := eventBody(tx, out.EventID)
	if err != nil {
		return out, err
	}
	out.RequestBody = string(body)
	out.Attempts, err = attemptDetails(tx, deliveryID)
	return out, err
}

// answerDeliveries answers with the page of a list that the query asks for.
func (s *Service) answerDeliveries(w http.ResponseWriter, r *http.Request, which func(*db.Tx) (Filter, error)) error {
	q := web.QueryOf(r)
	page := q.Page()
	var narrow Filter
	narrow.Narrow(q)
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.Delivery
	var total int
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		f, err := which(tx)
		if err != nil {
			return err
		}
		f.Topic, f.Status, f.EventID = narrow.Topic, narrow.Status, narrow.EventID
		list, total, err = Deliveries(tx, f, page)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Deliveries fetched successfully.", list, page, total)
}
