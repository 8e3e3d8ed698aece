package metafield

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const definitionColumns = `id, app_id, namespace, key, resource_type, value_type, name, description, created_ms`

func scanDefinition(r db.Row) (d api.MetafieldDefinition, err error) {
	var created int64
	err = r.Scan(&d.DefinitionID, &d.AppID, &d.Namespace, &d.Key, &d.ResourceType, &d.ValueType, &d.Name, &d.Description, &created)
	d.CreatedAt = api.At(created)
	return d, err
}

func definition(tx *db.Tx, appID int64, namespace, key string) (api.MetafieldDefinition, error) {
	return db.One(tx, scanDefinition, `SELECT `+definitionColumns+` FROM metafield_definition
		WHERE app_id = $1 AND namespace = $2 AND key = $3`, appID, namespace, key)
}

func definitions(tx *db.Tx, appID int64) ([]api.MetafieldDefinition, error) {
	return db.All(tx, scanDefinition, `SELECT `+definitionColumns+` FROM metafield_definition WHERE app_id = $1 ORDER BY id`, appID)
}

func countDefinitions(tx *db.Tx, appID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM metafield_definition WHERE app_id = $1`, appID)
}

func insertDefinition(tx *db.Tx, d api.MetafieldDefinition) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO metafield_definition (app_id, namespace, key, resource_type, value_type, name,
		description, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		d.AppID, d.Namespace, d.Key, d.ResourceType, d.ValueType, d.Name, d.Description, d.CreatedAt.UnixMilli())
}

func deleteDefinition(tx *db.Tx, appID, definitionID int64) (bool, error) {
	_, err := tx.Exec(`DELETE FROM metafield WHERE definition_id IN
		(SELECT id FROM metafield_definition WHERE id = $1 AND app_id = $2)`, definitionID, appID)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(`DELETE FROM metafield_definition WHERE id = $1 AND app_id = $2`, definitionID, appID)
	return n == 1, err
}

const valueColumns = `m.id, m.store_id, d.resource_type, m.resource_id, d.namespace, d.key, d.value_type, m.value, m.created_ms, m.updated_ms`

func scanValue(r db.Row) (m api.Metafield, err error) {
	var value string
	var created, updated int64
	err = r.Scan(&m.MetafieldID, &m.StoreID, &m.ResourceType, &m.ResourceID, &m.Namespace, &m.Key, &m.ValueType, &value, &created, &updated)
	m.Value, m.CreatedAt, m.UpdatedAt = json.RawMessage(value), api.At(created), api.At(updated)
	return m, err
}

// values returns what an app keeps with a record.
func values(tx *db.Tx, p place) ([]api.Metafield, error) {
	return db.All(tx, scanValue, `SELECT `+valueColumns+` FROM metafield m JOIN metafield_definition d ON d.id = m.definition_id
		WHERE d.app_id = $1 AND m.store_id = $2 AND d.resource_type = $3 AND m.resource_id = $4 ORDER BY d.namespace, d.key`,
		p.appID, p.storeID, p.resourceType, p.resourceID)
}

func upsert(tx *db.Tx, definitionID int64, p place, value string) (api.Metafield, error) {
	id, err := db.One(tx, db.Value[int64], `INSERT INTO metafield (definition_id, store_id, resource_id, value, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT (definition_id, store_id, resource_id) DO UPDATE SET value = $4, updated_ms = $5 RETURNING id`,
		definitionID, p.storeID, p.resourceID, value, tx.NowMS())
	if err != nil {
		return api.Metafield{}, err
	}
	return db.One(tx, scanValue, `SELECT `+valueColumns+` FROM metafield m JOIN metafield_definition d ON d.id = m.definition_id
		WHERE m.id = $1`, id)
}

func deleteValue(tx *db.Tx, definitionID int64, p place) (int64, error) {
	return db.One(tx, db.Value[int64], `DELETE FROM metafield WHERE definition_id = $1 AND store_id = $2 AND resource_id = $3 RETURNING id`,
		definitionID, p.storeID, p.resourceID)
}
