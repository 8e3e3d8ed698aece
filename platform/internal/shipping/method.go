package shipping

import (
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func (s *Service) createMethod(tx *db.Tx, storeID int64, in api.ShippingMethodInput) (api.ShippingMethod, error) {
	now := api.Time{Time: tx.Now}
	m := api.ShippingMethod{StoreID: storeID, IsActive: true, CreatedAt: now, UpdatedAt: now}
	if err := changeMethod(tx, &m, in); err != nil {
		return m, err
	}
	var err error
	m.MethodID, err = insertMethod(tx, m)
	return m, err
}

func (s *Service) updateMethod(tx *db.Tx, storeID, methodID int64, in api.ShippingMethodInput) (api.ShippingMethod, error) {
	if err := lock(tx, storeID); err != nil {
		return api.ShippingMethod{}, err
	}
	m, err := methodByID(tx, storeID, methodID)
	if db.IsNone(err) {
		return m, problem.NotFound("shipping method", methodID)
	}
	if err != nil {
		return m, err
	}
	m.UpdatedAt = api.Time{Time: tx.Now}
	if err := changeMethod(tx, &m, in); err != nil {
		return m, err
	}
	return m, replaceMethod(tx, m)
}

func (s *Service) removeMethod(tx *db.Tx, storeID, methodID int64) (api.Deleted, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Deleted{}, err
	}
	gone, err := deleteMethod(tx, storeID, methodID)
	if err == nil && !gone {
		err = problem.NotFound("shipping method", methodID)
	}
	return api.Deleted{ID: methodID}, err
}

// changeMethod puts the given fields into a method and checks it.
func changeMethod(tx *db.Tx, m *api.ShippingMethod, in api.ShippingMethodInput) error {
	in.ZoneID.Into(&m.ZoneID)
	in.Name.Into(&m.Name)
	in.Price.Into(&m.Price)
	in.IsActive.Into(&m.IsActive)
	in.FreeFrom.IntoNullable(&m.FreeFrom)
	in.EstimatedDays.IntoNullable(&m.EstimatedDays)
	m.Name = strings.TrimSpace(m.Name)
	if err := checkMethod(*m); err != nil {
		return err
	}
	_, err := zone(tx, m.StoreID, m.ZoneID)
	if problem.Is(err, api.CodeNotFound) {
		return problem.Invalid("zone_id", "must be a shipping zone of this store")
	}
	return err
}

func checkMethod(m api.ShippingMethod) error {
	var bad []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	require(m.ZoneID > 0, "zone_id", "must be a shipping zone of this store")
	require(m.Name != "" && utf8.RuneCountInString(m.Name) <= maxName, "name", "must have 1 to 100 characters")
	require(m.Price >= 0 && m.Price <= maxPrice, "price", "must be between 0 and 1000000.00")
	require(m.FreeFrom == nil || *m.FreeFrom >= 0, "free_from", "must not be negative")
	require(m.EstimatedDays == nil || *m.EstimatedDays >= 0 && *m.EstimatedDays <= maxDays, "estimated_days", "must be between 0 and 365")
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}
