package shipping

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const (
	zoneColumns   = `id, store_id, name, cities, created_ms, updated_ms`
	methodColumns = `id, zone_id, store_id, name, price_minor, free_from_minor, estimated_days, is_active, created_ms, updated_ms`
)

func scanZone(r db.Row) (z api.ShippingZone, err error) {
	var cities string
	var created, updated int64
	if err = r.Scan(&z.ZoneID, &z.StoreID, &z.Name, &cities, &created, &updated); err != nil {
		return z, err
	}
	z.CreatedAt, z.UpdatedAt, z.Methods = api.At(created), api.At(updated), []api.ShippingMethod{}
	return z, json.Unmarshal([]byte(cities), &z.Cities)
}

func scanMethod(r db.Row) (m api.ShippingMethod, err error) {
	var created, updated int64
	err = r.Scan(&m.MethodID, &m.ZoneID, &m.StoreID, &m.Name, &m.Price, &m.FreeFrom, &m.EstimatedDays, &m.IsActive, &created, &updated)
	m.CreatedAt, m.UpdatedAt = api.At(created), api.At(updated)
	return m, err
}

// zonesOf returns a store's zones with their methods.
func zonesOf(tx *db.Tx, storeID int64) ([]api.ShippingZone, error) {
	zones, err := db.All(tx, scanZone, `SELECT `+zoneColumns+` FROM shipping_zone WHERE store_id = $1 ORDER BY id`, storeID)
	if err != nil {
		return nil, err
	}
	methods, err := methodsOf(tx, storeID)
	for _, m := range methods {
		for n := range zones {
			if zones[n].ZoneID == m.ZoneID {
				zones[n].Methods = append(zones[n].Methods, m)
			}
		}
	}
	return zones, err
}

func methodsOf(tx *db.Tx, storeID int64) ([]api.ShippingMethod, error) {
	return db.All(tx, scanMethod, `SELECT `+methodColumns+` FROM shipping_method WHERE store_id = $1 ORDER BY zone_id, id`, storeID)
}

func zoneByID(tx *db.Tx, storeID, zoneID int64) (api.ShippingZone, error) {
	z, err := db.One(tx, scanZone, `SELECT `+zoneColumns+` FROM shipping_zone WHERE id = $1 AND store_id = $2`, zoneID, storeID)
	if err != nil {
		return z, err
	}
	z.Methods, err = db.All(tx, scanMethod, `SELECT `+methodColumns+` FROM shipping_method WHERE zone_id = $1 ORDER BY id`, zoneID)
	return z, err
}

func insertZone(tx *db.Tx, z api.ShippingZone) (int64, error) {
	cities, _ := json.Marshal(z.Cities) // strings always encode
	into, args := db.Values(z.ZoneID, `store_id, name, cities, created_ms, updated_ms`,
		z.StoreID, z.Name, string(cities), z.CreatedAt.UnixMilli(), z.UpdatedAt.UnixMilli())
	return db.One(tx, db.Value[int64], `INSERT INTO shipping_zone `+into+` RETURNING id`, args...)
}

func replaceZone(tx *db.Tx, z api.ShippingZone) error {
	cities, _ := json.Marshal(z.Cities)
	_, err := tx.Exec(`UPDATE shipping_zone SET name = $2, cities = $3, updated_ms = $4 WHERE id = $1`,
		z.ZoneID, z.Name, string(cities), z.UpdatedAt.UnixMilli())
	return err
}

func deleteZone(tx *db.Tx, zoneID int64) error {
	_, err := tx.Exec(`DELETE FROM shipping_zone WHERE id = $1`, zoneID)
	return err
}

func methodByID(tx *db.Tx, storeID, methodID int64) (api.ShippingMethod, error) {
	return db.One(tx, scanMethod, `SELECT `+methodColumns+` FROM shipping_method WHERE id = $1 AND store_id = $2`, methodID, storeID)
}

func insertMethod(tx *db.Tx, m api.ShippingMethod) (int64, error) {
	into, args := db.Values(m.MethodID, `zone_id, store_id, name, price_minor, free_from_minor, estimated_days, is_active, created_ms, updated_ms`,
		m.ZoneID, m.StoreID, m.Name, m.Price, m.FreeFrom, m.EstimatedDays, m.IsActive, m.CreatedAt.UnixMilli(), m.UpdatedAt.UnixMilli())
	return db.One(tx, db.Value[int64], `INSERT INTO shipping_method `+into+` RETURNING id`, args...)
}

func replaceMethod(tx *db.Tx, m api.ShippingMethod) error {
	_, err := tx.Exec(`UPDATE shipping_method SET zone_id = $2, name = $3, price_minor = $4, free_from_minor = $5, estimated_days = $6,
		is_active = $7, updated_ms = $8 WHERE id = $1`,
		m.MethodID, m.ZoneID, m.Name, m.Price, m.FreeFrom, m.EstimatedDays, m.IsActive, m.UpdatedAt.UnixMilli())
	return err
}

func deleteMethod(tx *db.Tx, storeID, methodID int64) (bool, error) {
	n, err := tx.Exec(`DELETE FROM shipping_method WHERE id = $1 AND store_id = $2`, methodID, storeID)
	return n == 1, err
}

// Insert adds a zone with its methods; those without an id get theirs here.
func Insert(tx *db.Tx, z api.ShippingZone) error {
	zoneID, err := insertZone(tx, z)
	if err != nil {
		return err
	}
	for _, m := range z.Methods {
		m.ZoneID, m.StoreID, m.CreatedAt, m.UpdatedAt = zoneID, z.StoreID, z.CreatedAt, z.UpdatedAt
		if _, err := insertMethod(tx, m); err != nil {
			return err
		}
	}
	return nil
}
