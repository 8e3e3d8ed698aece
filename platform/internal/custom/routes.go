package custom

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the custom apps of a store. Answers with secrets are never
// kept, so an Idempotency-Key does not repeat them.
func (s *Service) Routes(r *web.Router) {
	const all, one = "/api/stores/{store_id}/custom-apps", "/api/stores/{store_id}/custom-apps/{app_id}"
	r.ForUser(http.MethodGet, all, s.serveList)
	r.ForUser(http.MethodPost, all, s.serveCreate)
	r.ForUser(http.MethodGet, one, s.serveGet)
	r.ForUser(http.MethodPut, one, s.serveUpdate)
	r.ForUser(http.MethodDelete, one, s.serveRemove)
	r.ForUser(http.MethodPost, one+"/regenerate-token", s.serveRegenerate)
	r.ForUser(http.MethodPost, one+"/rotate-secret", s.serveRotate)
	r.ForUser(http.MethodPost, one+"/rotate-webhook-secret", s.serveRotateWebhook)
}

func (s *Service) serveList(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	page := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	storeID, list := web.CallerOf(r).StoreID, []api.CustomApp{}
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		apps, err := s.Apps.CustomOf(tx, storeID)
		if err != nil {
			return err
		}
		for _, a := range apps {
			one, err := s.describe(tx, a, storeID)
			if err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.List(w, "Custom apps fetched.", web.Slice(list, page), page, len(list))
}

func (s *Service) serveGet(w http.ResponseWriter, r *http.Request) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	var out api.CustomApp
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		storeID := web.CallerOf(r).StoreID
		a, err := s.find(tx, storeID, appID)
		if err != nil {
			return err
		}
		out, err = s.describe(tx, a, storeID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Custom app fetched.", out)
}

func (s *Service) serveCreate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.CustomAppInput](w, r)
	if err != nil {
		return err
	}
	var out api.CustomAppCreated
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.create(tx, web.CallerOf(r), in)
		return err
	})
	if err != nil {
		return err
	}
	return web.Created(w, "Custom app created. Save its secrets: they are not shown again.", out)
}

func (s *Service) serveUpdate(w http.ResponseWriter, r *http.Request) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	in, err := web.Decode[api.CustomAppInput](w, r)
	if err != nil {
		return err
	}
	return s.Writes.OK(w, r, in, "Custom app updated.", func(tx *db.Tx) (any, error) {
		return s.update(tx, web.CallerOf(r).StoreID, appID, in)
	})
}

func (s *Service) serveRemove(w http.ResponseWriter, r *http.Request) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	var out api.Uninstalled
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.remove(tx, web.CallerOf(r), appID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Custom app deleted.", out)
}

func (s *Service) serveRegenerate(w http.ResponseWriter, r *http.Request) error {
	return answer(s, w, r, "Access token regenerated. Save it: it is not shown again.", s.regenerate)
}

func (s *Service) serveRotate(w http.ResponseWriter, r *http.Request) error {
	return answer(s, w, r, "Client secret rotated. Save it: it is not shown again.", s.rotate)
}

func (s *Service) serveRotateWebhook(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.WebhookSecretRotation](w, r)
	if err != nil {
		return err
	}
	return answer(s, w, r, "Webhook secret rotated. Save it: it is not shown again.",
		func(tx *db.Tx, storeID, appID int64) (api.RotatedWebhookSecret, error) {
			return s.rotateWebhook(tx, storeID, appID, in.Immediate)
		})
}

// answer replaces a secret and answers with the new one.
func answer[T any](s *Service, w http.ResponseWriter, r *http.Request, message string, replace func(tx *db.Tx, storeID, appID int64) (T, error)) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	var out T
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = replace(tx, web.CallerOf(r).StoreID, appID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, message, out)
}
