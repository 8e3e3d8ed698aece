package catalog

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/store"
)

// Sample returns what a product.* or inventory.* topic would tell of the
// store's newest product; db.ErrNoRows when it has none.
func (s *Service) Sample(tx *db.Tx, storeID int64, topic string) (any, error) {
	id, err := newestID(tx, storeID)
	if err != nil {
		return nil, err
	}
	p, err := s.shown(tx, storeID, id)
	if err != nil {
		return nil, err
	}
	st, err := store.Get(tx, storeID)
	if err != nil || !strings.HasPrefix(topic, "inventory.") {
		return productEvent(p, st.Name), err
	}
	data := stockEvent(p.Product, p.Variants[0], -1, "sold", st.Name)
	if topic == api.TopicInventoryLow {
		data.Threshold = LowStockBelow
	}
	return data, nil
}
