package order

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store"
)

// Sample returns what an order.* topic would tell of the store's newest order;
// db.ErrNoRows when it has none.
func (s *Service) Sample(tx *db.Tx, storeID int64, topic string) (any, error) {
	id, err := newestID(tx, storeID)
	if err != nil {
		return nil, err
	}
	o, err := s.detail(tx, storeID, id)
	if err != nil {
		return nil, err
	}
	st, err := store.Get(tx, storeID)
	data := payload(o, st.Name)
	if topic == api.TopicOrderStatusChanged || topic == api.TopicOrderCancelled {
		data.PreviousStatus = api.OrderPending
	}
	return data, err
}
