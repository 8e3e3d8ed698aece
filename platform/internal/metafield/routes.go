package metafield

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Service serves the metafields of apps.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
}

// Routes registers the metafields.
func (s *Service) Routes(r *web.Router) {
	const one = "/api/apps/v1/metafields/{resource_type}/{resource_id}/{namespace}/{key}"
	r.ForApp(http.MethodGet, "/api/apps/v1/metafields/definitions", api.ReadMetafields, s.listDefinitions)
	r.ForApp(http.MethodPost, "/api/apps/v1/metafields/definitions", api.WriteMetafields, s.define)
	r.ForApp(http.MethodDelete, "/api/apps/v1/metafields/definitions/{definition_id}", api.WriteMetafields, s.undefine)
	r.ForApp(http.MethodGet, "/api/apps/v1/metafields", api.ReadMetafields, s.list)
	r.ForApp(http.MethodPut, one, api.WriteMetafields, s.set)
	r.ForApp(http.MethodDelete, one, api.WriteMetafields, s.unset)
}

func (s *Service) listDefinitions(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	page := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.MetafieldDefinition
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, err = definitions(tx, web.CallerOf(r).AppID)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Metafield definitions fetched.", web.Slice(list, page), page, len(list))
}

func (s *Service) define(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.NewMetafieldDefinition](w, r)
	if err != nil {
		return err
	}
	return s.Writes.Created(w, r, in, "Metafield definition created.", func(tx *db.Tx) (any, error) {
		return define(tx, web.CallerOf(r).AppID, in)
	})
}

func (s *Service) undefine(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "definition_id")
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, "Metafield definition deleted.", func(tx *db.Tx) (any, error) {
		return undefine(tx, web.CallerOf(r).AppID, id)
	})
}

func (s *Service) list(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	caller, page := web.CallerOf(r), q.Page()
	p := place{
		appID: caller.AppID, storeID: caller.StoreID,
		resourceType: q.OneOf("resource_type", api.ResourceTypes), resourceID: q.ID("resource_id"),
	}
	if err := q.Err(); err != nil {
		return err
	}
	switch {
	case p.resourceType == "":
		return problem.Invalid("resource_type", "is required")
	case p.resourceID == 0:
		return problem.Invalid("resource_id", "is required")
	}
	var list []api.Metafield
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if err := p.checkResource(tx); err != nil {
			return err
		}
		list, err = values(tx, p)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Metafields fetched.", web.Slice(list, page), page, len(list))
}

func (s *Service) set(w http.ResponseWriter, r *http.Request) error {
	p, err := readPlace(r)
	if err != nil {
		return err
	}
	in, err := web.Decode[api.MetafieldInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Metafield set.", func(tx *db.Tx) (any, error) { return set(tx, p, in) })
}

func (s *Service) unset(w http.ResponseWriter, r *http.Request) error {
	p, err := readPlace(r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, nil, "Metafield deleted.", func(tx *db.Tx) (any, error) { return unset(tx, p) })
}

func readPlace(r *http.Request) (place, error) {
	id, err := web.PathID(r, "resource_id")
	caller := web.CallerOf(r)
	return place{
		appID: caller.AppID, storeID: caller.StoreID, resourceType: web.PathText(r, "resource_type"), resourceID: id,
		namespace: web.PathText(r, "namespace"), key: web.PathText(r, "key"),
	}, err
}
