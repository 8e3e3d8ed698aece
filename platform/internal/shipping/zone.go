package shipping

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds.
const (
	maxName   = 100
	maxCities = 100
	maxPrice  = api.Money(1_000_000_00)
	maxDays   = 365
)

func (s *Service) createZone(tx *db.Tx, storeID int64, in api.ShippingZoneInput) (api.ShippingZone, error) {
	now := api.Time{Time: tx.Now}
	z := api.ShippingZone{StoreID: storeID, Cities: []string{}, Methods: []api.ShippingMethod{}, CreatedAt: now, UpdatedAt: now}
	if err := changeZone(tx, &z, in); err != nil {
		return z, err
	}
	var err error
	z.ZoneID, err = insertZone(tx, z)
	return z, err
}

func (s *Service) updateZone(tx *db.Tx, storeID, zoneID int64, in api.ShippingZoneInput) (api.ShippingZone, error) {
	z, err := zone(tx, storeID, zoneID)
	if err != nil {
		return z, err
	}
	z.UpdatedAt = api.Time{Time: tx.Now}
	if err := changeZone(tx, &z, in); err != nil {
		return z, err
	}
	return z, replaceZone(tx, z)
}

func (s *Service) removeZone(tx *db.Tx, storeID, zoneID int64) (api.Deleted, error) {
	z, err := zone(tx, storeID, zoneID)
	if err == nil && len(z.Methods) > 0 {
		err = problem.Conflict("The zone %q has %d shipping methods. Delete them first.", z.Name, len(z.Methods))
	}
	if err != nil {
		return api.Deleted{}, err
	}
	return api.Deleted{ID: zoneID}, deleteZone(tx, zoneID)
}

// lock keeps others from changing a store's shipping between what is read of it
// and what is written.
func lock(tx *db.Tx, storeID int64) error { return tx.Exclusive(fmt.Sprintf("shipping %d", storeID)) }

// zone returns a zone of a store with its methods, or not_found.
func zone(tx *db.Tx, storeID, zoneID int64) (api.ShippingZone, error) {
	if err := lock(tx, storeID); err != nil {
		return api.ShippingZone{}, err
	}
	z, err := zoneByID(tx, storeID, zoneID)
	if db.IsNone(err) {
		return z, problem.NotFound("shipping zone", zoneID)
	}
	return z, err
}

// changeZone puts the given fields into a zone and checks it against the
// others of the store.
func changeZone(tx *db.Tx, z *api.ShippingZone, in api.ShippingZoneInput) error {
	in.Name.Into(&z.Name)
	in.Cities.Into(&z.Cities)
	z.Name, z.Cities = strings.TrimSpace(z.Name), append([]string{}, z.Cities...) // never null
	if err := checkZone(z); err != nil {
		return err
	}
	if err := lock(tx, z.StoreID); err != nil {
		return err
	}
	others, err := zonesOf(tx, z.StoreID)
	if err != nil {
		return err
	}
	return clash(*z, others)
}

func checkZone(z *api.ShippingZone) error {
	var bad []api.FieldError
	if z.Name == "" || utf8.RuneCountInString(z.Name) > maxName {
		bad = append(bad, api.FieldError{Field: "name", Message: "must have 1 to 100 characters"})
	}
	if len(z.Cities) > maxCities {
		bad = append(bad, api.FieldError{Field: "cities", Message: "must name at most 100 cities"})
	}
	for n, city := range z.Cities {
		z.Cities[n] = strings.TrimSpace(city)
		if z.Cities[n] == "" || utf8.RuneCountInString(z.Cities[n]) > maxName {
			bad = append(bad, api.FieldError{Field: fmt.Sprintf("cities[%d]", n), Message: "must have 1 to 100 characters"})
		}
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// clash finds what a zone shares with another that only one may have.
func clash(z api.ShippingZone, others []api.ShippingZone) error {
	for _, o := range others {
		if o.ZoneID == z.ZoneID {
			continue
		}
		if strings.EqualFold(o.Name, z.Name) {
			return problem.Conflict("There is a zone %q already, number %d.", o.Name, o.ZoneID)
		}
		if len(o.Cities) == 0 && len(z.Cities) == 0 {
			return problem.Conflict("The zone %q is the one for the rest of the country. Name cities for this one.", o.Name)
		}
		for _, city := range z.Cities {
			for _, taken := range o.Cities {
				if sameCity(city, taken) {
					return problem.Conflict("%s is in the zone %q already.", taken, o.Name)
				}
			}
		}
	}
	return nil
}
