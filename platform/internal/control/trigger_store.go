package control

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

func activeInstallations(tx *db.Tx, storeID int64) ([]installation, error) {
	return db.All(tx, func(r db.Row) (i installation, err error) {
		var scopes string
		err = r.Scan(&i.id, &i.appID, &i.slug, &i.name, &scopes)
		i.scopes, _ = api.ParseScopes(scopes)
		return i, err
	}, `SELECT i.id, a.id, a.slug, a.name, i.granted_scopes FROM installation i JOIN app a ON a.id = i.app_id
		WHERE i.store_id = $1 AND i.status = 'active' ORDER BY i.id`, storeID)
}

// firstNotInstalled returns the slug of the first app that a store could
// install.
func firstNotInstalled(tx *db.Tx, storeID int64) (string, error) {
	return db.One(tx, db.Value[string], `SELECT slug FROM app a WHERE deleted_ms IS NULL AND is_active = 1 AND review_status = $2
		AND app_type <> $3 AND NOT EXISTS (SELECT 1 FROM installation i WHERE i.app_id = a.id AND i.store_id = $1 AND i.status = 'active')
		ORDER BY id LIMIT 1`, storeID, api.ReviewApproved, api.AppCustom)
}

// placed is an order as a trigger needs it.
type placed struct {
	id                              int64
	number, status, financial, note string
}

func newestOrder(tx *db.Tx, storeID int64, status string) (placed, error) {
	return db.One(tx, func(r db.Row) (o placed, err error) {
		err = r.Scan(&o.id, &o.number, &o.status, &o.financial, &o.note)
		return o, err
	}, `SELECT id, number, status, financial_status, note FROM shop_order
		WHERE store_id = $1 AND status = $2 AND deleted_ms IS NULL ORDER BY id DESC LIMIT 1`, storeID, status)
}

// shelved is a product as a trigger needs it.
type shelved struct {
	id       int64
	name     string
	featured api.Flag
}

func newestProduct(tx *db.Tx, storeID int64) (shelved, error) {
	return db.One(tx, func(r db.Row) (p shelved, err error) {
		err = r.Scan(&p.id, &p.name, &p.featured)
		return p, err
	}, `SELECT id, name, is_featured FROM product WHERE store_id = $1 AND deleted_ms IS NULL ORDER BY id DESC LIMIT 1`, storeID)
}

// newestCustomer returns the id of the newest customer who is no guest.
func newestCustomer(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM customer WHERE store_id = $1 AND deleted_ms IS NULL AND is_guest = 0
		ORDER BY id DESC LIMIT 1`, storeID)
}

// stocked is a variant as a trigger needs it.
type stocked struct {
	id, productID, quantity int64
	code                    string
}

func scanStocked(r db.Row) (v stocked, err error) {
	err = r.Scan(&v.id, &v.productID, &v.quantity, &v.code)
	return v, err
}

// firstVariant returns the first variant with at least so many pieces.
func firstVariant(tx *db.Tx, storeID, atLeast int64) (stocked, error) {
	return db.One(tx, scanStocked, `SELECT v.id, v.product_id, v.quantity, v.sku_code FROM variant v JOIN product p ON p.id = v.product_id
		WHERE v.store_id = $1 AND v.quantity >= $2 AND v.deleted_ms IS NULL AND p.deleted_ms IS NULL ORDER BY v.id LIMIT 1`, storeID, atLeast)
}

// countDeliveries returns how many deliveries an event has, and whether all of
// them are made.
func countDeliveries(tx *db.Tx, eventID string) (n int, made bool, err error) {
	if made, err = db.One(tx, db.Value[bool], `SELECT fanned_out = 1 FROM event WHERE event_id = $1`, eventID); err != nil {
		return 0, false, err
	}
	n, err = db.One(tx, db.Value[int], `SELECT COUNT(*) FROM delivery WHERE event_id = $1`, eventID)
	return n, made, err
}
