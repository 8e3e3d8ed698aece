package platform

import (
	"context"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// zonesPerCall is the most shipping zones that the platform returns at once.
const zonesPerCall = 250

func zonesPath(storeID int64) string { return fmt.Sprintf("/api/stores/%d/shipping/zones", storeID) }

func methodsPath(storeID int64) string {
	return fmt.Sprintf("/api/stores/%d/shipping/methods", storeID)
}

// ShippingZones returns all of a store's zones with their methods, oldest
// first.
func (s Session) ShippingZones(ctx context.Context, storeID int64) (zones []api.ShippingZone, err error) {
	for page := 1; ; page++ {
		var list api.List[api.ShippingZone]
		path := zonesPath(storeID) + "?" + Query{Page: page, Limit: zonesPerCall}.encode()
		if err := s.client.do(ctx, http.MethodGet, path, s.token, nil, &list); err != nil {
			return nil, err
		}
		zones = append(zones, list.Data...)
		if page >= list.Pagination.TotalPages {
			return zones, nil
		}
	}
}

// CreateShippingZone makes a zone. A name or a city that another zone has is a
// refusal with status 409.
func (s Session) CreateShippingZone(ctx context.Context, storeID int64, in api.ShippingZoneInput) (api.ShippingZone, error) {
	return call[api.ShippingZone](ctx, s, http.MethodPost, zonesPath(storeID), in)
}

// UpdateShippingZone changes the given fields of a zone.
func (s Session) UpdateShippingZone(ctx context.Context, storeID, zoneID int64, in api.ShippingZoneInput) (api.ShippingZone, error) {
	return call[api.ShippingZone](ctx, s, http.MethodPut, fmt.Sprintf("%s/%d", zonesPath(storeID), zoneID), in)
}

// DeleteShippingZone deletes a zone. One with methods is refused with status
// 409.
func (s Session) DeleteShippingZone(ctx context.Context, storeID, zoneID int64) error {
	_, err := call[api.Deleted](ctx, s, http.MethodDelete, fmt.Sprintf("%s/%d", zonesPath(storeID), zoneID), nil)
	return err
}

// CreateShippingMethod makes a way to ship within a zone.
func (s Session) CreateShippingMethod(ctx context.Context, storeID int64, in api.ShippingMethodInput) (api.ShippingMethod, error) {
	return call[api.ShippingMethod](ctx, s, http.MethodPost, methodsPath(storeID), in)
}

// UpdateShippingMethod changes the given fields of a method.
func (s Session) UpdateShippingMethod(ctx context.Context, storeID, methodID int64, in api.ShippingMethodInput) (api.ShippingMethod, error) {
	return call[api.ShippingMethod](ctx, s, http.MethodPut, fmt.Sprintf("%s/%d", methodsPath(storeID), methodID), in)
}

// DeleteShippingMethod deletes a method; orders keep what they paid.
func (s Session) DeleteShippingMethod(ctx context.Context, storeID, methodID int64) error {
	_, err := call[api.Deleted](ctx, s, http.MethodDelete, fmt.Sprintf("%s/%d", methodsPath(storeID), methodID), nil)
	return err
}
