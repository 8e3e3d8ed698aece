package catalog

import (
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
)

// Service serves the catalogue.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
	Events *event.Log
	// PublicURL is put in front of pictures that are keys.
	PublicURL string
}

// Insert adds a product with its variants, in their order, under the ids that
// they name. Images are keys ("products/bouquet-rose.svg") or URLs.
func Insert(tx *db.Tx, p api.ProductDetail) error {
	if err := insertProduct(tx, p); err != nil {
		return err
	}
	for n, v := range p.Variants {
		v.ProductID, v.Position = p.ProductID, n
		if err := insertVariant(tx, p.StoreID, v); err != nil {
			return err
		}
	}
	return nil
}

// get returns a store's product with its variants, pictures as keys, or
// not_found.
func get(tx *db.Tx, storeID, productID int64) (api.ProductDetail, error) {
	p, err := product(tx, storeID, productID)
	if db.IsNone(err) {
		return p, problem.NotFound("product", productID)
	}
	if err != nil {
		return p, err
	}
	p.Variants, err = variants(tx, productID)
	return p, err
}

// shown returns a product as it is answered with: pictures as URLs.
func (s *Service) shown(tx *db.Tx, storeID, productID int64) (api.ProductDetail, error) {
	p, err := get(tx, storeID, productID)
	for n := range p.Variants {
		p.Variants[n].Images = images(s.PublicURL, p.Variants[n].Images)
	}
	return p, err
}

// lock lets one transaction at a time change a store's catalogue, so that what
// it finds free is free still when it writes. Stock does not wait for it.
func lock(tx *db.Tx, storeID int64) error {
	return tx.Exclusive("catalog " + strconv.FormatInt(storeID, 10))
}

// tell records an event of a product.
func (s *Service) tell(tx *db.Tx, topic string, p api.ProductDetail) error {
	st, err := store.Get(tx, p.StoreID)
	if err != nil {
		return err
	}
	_, err = s.Events.Append(tx, event.Event{Topic: topic, StoreID: p.StoreID, Data: productEvent(p, st.Name)})
	return err
}

// productEvent is the data of the product.* topics.
func productEvent(p api.ProductDetail, storeName string) api.ProductEvent {
	return api.ProductEvent{ProductID: p.ProductID, Name: p.Name, Slug: p.Slug, StoreName: storeName, Product: p}
}
