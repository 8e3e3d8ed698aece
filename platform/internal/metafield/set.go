package metafield

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// place is where a value hangs: a metafield of an app, on a record of a store.
type place struct {
	appID, storeID int64
	resourceType   string
	resourceID     int64
	namespace, key string
}

// set keeps a value.
func set(tx *db.Tx, p place, in api.MetafieldInput) (api.Metafield, error) {
	d, err := p.definition(tx)
	if err != nil {
		return api.Metafield{}, err
	}
	if err := p.checkResource(tx); err != nil {
		return api.Metafield{}, err
	}
	value, err := checkValue(d.ValueType, in.Value)
	if err != nil {
		return api.Metafield{}, err
	}
	return upsert(tx, d.DefinitionID, p, value)
}

// unset deletes a value.
func unset(tx *db.Tx, p place) (api.Deleted, error) {
	d, err := p.definition(tx)
	if err != nil {
		return api.Deleted{}, err
	}
	id, err := deleteValue(tx, d.DefinitionID, p)
	if db.IsNone(err) {
		err = problem.New(http.StatusNotFound, api.CodeNotFound, "There is no %s.%s on %s %d.", p.namespace, p.key, p.resourceType, p.resourceID)
	}
	return api.Deleted{ID: id}, err
}

// definition returns the metafield's definition, which has to be for this type
// of record.
func (p place) definition(tx *db.Tx) (api.MetafieldDefinition, error) {
	d, err := definition(tx, p.appID, p.namespace, p.key)
	if db.IsNone(err) {
		return d, problem.New(http.StatusNotFound, api.CodeNotFound,
			"This app has no metafield %s.%s. Define it first: POST /api/apps/v1/metafields/definitions.", p.namespace, p.key)
	}
	if err == nil && d.ResourceType != p.resourceType {
		err = problem.Conflict("The metafield %s.%s is for a record of type %s, not %s.", p.namespace, p.key, d.ResourceType, p.resourceType)
	}
	return d, err
}

// checkResource answers not_found unless the store has the record.
func (p place) checkResource(tx *db.Tx) error {
	if !slices.Contains(api.ResourceTypes, p.resourceType) {
		return problem.NotFound("resource type", p.resourceType)
	}
	var err error
	switch p.resourceType {
	case api.ResourceOrder:
		err = order.Check(tx, p.storeID, p.resourceID)
	case api.ResourceProduct:
		err = catalog.Check(tx, p.storeID, p.resourceID)
	case api.ResourceCustomer:
		_, err = customer.Get(tx, p.storeID, p.resourceID)
	case api.ResourceStore:
		if p.resourceID != p.storeID {
			err = problem.New(http.StatusNotFound, api.CodeNotFound, "No store %d that you may open.", p.resourceID)
		}
	}
	return err
}
