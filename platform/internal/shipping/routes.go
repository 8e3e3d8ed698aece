package shipping

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service serves the shipping settings of a store.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
}

// Routes registers the settings for apps and for the dashboard.
func (s *Service) Routes(r *web.Router) {
	r.ForApp(http.MethodGet, "/api/apps/v1/shipping/zones", api.ReadShipping, s.listZones)
	r.ForApp(http.MethodPost, "/api/apps/v1/shipping/zones", api.WriteShipping, s.serveCreateZone)
	r.ForApp(http.MethodGet, "/api/apps/v1/shipping/zones/{zone_id}", api.ReadShipping, s.getZone)
	r.ForApp(http.MethodPut, "/api/apps/v1/shipping/zones/{zone_id}", api.WriteShipping, s.serveUpdateZone)
	r.ForApp(http.MethodDelete, "/api/apps/v1/shipping/zones/{zone_id}", api.WriteShipping, s.serveRemoveZone)
	r.ForApp(http.MethodGet, "/api/apps/v1/shipping/methods", api.ReadShipping, s.listMethods)
	r.ForApp(http.MethodPost, "/api/apps/v1/shipping/methods", api.WriteShipping, s.serveCreateMethod)
	r.ForApp(http.MethodGet, "/api/apps/v1/shipping/methods/{method_id}", api.ReadShipping, s.getMethod)
	r.ForApp(http.MethodPut, "/api/apps/v1/shipping/methods/{method_id}", api.WriteShipping, s.serveUpdateMethod)
	r.ForApp(http.MethodDelete, "/api/apps/v1/shipping/methods/{method_id}", api.WriteShipping, s.serveRemoveMethod)
	r.ForUser(http.MethodGet, "/api/stores/{store_id}/shipping/zones", s.listZones)
	r.ForUser(http.MethodPost, "/api/stores/{store_id}/shipping/zones", s.serveCreateZone)
	r.ForUser(http.MethodPut, "/api/stores/{store_id}/shipping/zones/{zone_id}", s.serveUpdateZone)
	r.ForUser(http.MethodDelete, "/api/stores/{store_id}/shipping/zones/{zone_id}", s.serveRemoveZone)
	r.ForUser(http.MethodPost, "/api/stores/{store_id}/shipping/methods", s.serveCreateMethod)
	r.ForUser(http.MethodPut, "/api/stores/{store_id}/shipping/methods/{method_id}", s.serveUpdateMethod)
	r.ForUser(http.MethodDelete, "/api/stores/{store_id}/shipping/methods/{method_id}", s.serveRemoveMethod)
}

func (s *Service) listZones(w http.ResponseWriter, r *http.Request) error {
	return serveList(s, w, r, "Shipping zones fetched.", zonesOf)
}

func (s *Service) listMethods(w http.ResponseWriter, r *http.Request) error {
	return serveList(s, w, r, "Shipping methods fetched.", methodsOf)
}

// serveList answers with one page of what a store has; there is never much.
func serveList[T any](s *Service, w http.ResponseWriter, r *http.Request, message string, all func(*db.Tx, int64) ([]T, error)) error {
	q := web.QueryOf(r)
	page := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []T
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, err = all(tx, web.CallerOf(r).StoreID)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, message, web.Slice(list, page), page, len(list))
}

func (s *Service) getZone(w http.ResponseWriter, r *http.Request) error {
	return serveOne(s, w, r, "zone_id", "shipping zone", zoneByID)
}

func (s *Service) getMethod(w http.ResponseWriter, r *http.Request) error {
	return serveOne(s, w, r, "method_id", "shipping method", methodByID)
}

func serveOne[T any](s *Service, w http.ResponseWriter, r *http.Request, parameter, noun string, byID func(*db.Tx, int64, int64) (T, error)) error {
	id, err := web.PathID(r, parameter)
	if err != nil {
		return err
	}
	var one T
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		one, err = byID(tx, web.CallerOf(r).StoreID, id)
		return err
	})
	if db.IsNone(err) {
		return problem.NotFound(noun, id)
	}
	if err != nil {
		return err
	}
	return web.OK(w, "Fetched the "+noun+".", one)
}

func (s *Service) serveCreateZone(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ShippingZoneInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Shipping zone created.", func(tx *db.Tx) (any, error) {
		return s.createZone(tx, web.CallerOf(r).StoreID, in)
	})
}

func (s *Service) serveUpdateZone(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "zone_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.ShippingZoneInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Shipping zone updated.", func(tx *db.Tx) (any, error) {
		return s.updateZone(tx, web.CallerOf(r).StoreID, id, in)
	})
}

func (s *Service) serveRemoveZone(w http.ResponseWriter, r *http.Request) error {
	return s.serveRemove(w, r, "zone_id", "Shipping zone deleted.", s.removeZone)
}

func (s *Service) serveCreateMethod(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ShippingMethodInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Shipping method created.", func(tx *db.Tx) (any, error) {
		return s.createMethod(tx, web.CallerOf(r).StoreID, in)
	})
}

func (s *Service) serveUpdateMethod(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "method_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.ShippingMethodInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Shipping method updated.", func(tx *db.Tx) (any, error) {
		return s.updateMethod(tx, web.CallerOf(r).StoreID, id, in)
	})
}

func (s *Service) serveRemoveMethod(w http.ResponseWriter, r *http.Request) error {
	return s.serveRemove(w, r, "method_id", "Shipping method deleted.", s.removeMethod)
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request, parameter, message string,
	remove func(*db.Tx, int64, int64) (api.Deleted, error)) error {
	id, err := web.PathID(r, parameter)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, message, func(tx *db.Tx) (any, error) { return remove(tx, web.CallerOf(r).StoreID, id) })
}
