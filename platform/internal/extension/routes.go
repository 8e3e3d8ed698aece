package extension

import (
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/session"
	"github.com/selorax/sandbox/platform/internal/web"
)

// CallTimeout is how long an app has to answer an extension's call.
const CallTimeout = 10 * time.Second

// Service keeps extensions and carries their calls. All fields are required.
type Service struct {
	DB       *db.DB
	Apps     app.Apps
	Sessions *session.Service
	// Client reaches apps: dial.Dialer{…}.Client(CallTimeout), which follows no
	// redirects.
	Client *http.Client
	// API answers what extensions of mode sandbox ask of /api/apps/v1.
	API http.Handler
	// PublicURL and DashboardURL are the origins of the platform and of the
	// dashboard, as browsers see them.
	PublicURL, DashboardURL string
	Log                     *slog.Logger
}

// Routes registers the registry under both of its addresses, and the
// dashboard's calls.
func (s *Service) Routes(r *web.Router) {
	for _, base := range []string{"/api/apps/extensions/app", "/apps/extensions/app"} {
		r.ForClient(http.MethodGet, base, s.listDeployed)
		r.ForClient(http.MethodPost, base+"/deploy", s.deploy)
		r.ForClient(http.MethodGet, base+"/versions", s.listVersions)
		r.ForClient(http.MethodPost, base+"/rollback", s.rollback)
	}
	r.ForUser(http.MethodGet, "/api/apps/extensions", s.listPlaced)
	r.ForUser(http.MethodGet, "/api/apps/extensions/places", s.listPlaces)
	r.ForUser(http.MethodPost, "/api/apps/extensions/action", s.call)
	r.ForUser(http.MethodPost, "/api/apps/extensions/api", s.callAPI)
	r.ForUser(http.MethodGet, "/api/apps/extensions/{extension_id}/settings", s.getSettings)
	r.ForUser(http.MethodPut, "/api/apps/extensions/{extension_id}/settings", s.putSettings)
	r.ForUser(http.MethodGet, "/api/apps/{app_id}/extensions/versions", s.listOwnVersions)
	r.ForUser(http.MethodPost, "/api/apps/{app_id}/extensions/rollback", s.rollbackOwn)
	r.Public(http.MethodGet, "/api/apps/extensions/components", listComponents)
	r.Public(http.MethodGet, "/sdk/frame/{installation_id}/{extension_id}/{version}", s.frame)
}

// deployedSet is the envelope of an app's active set, with the app's name
// where the command line looks for it.
type deployedSet struct {
	api.Envelope[[]api.Extension]
	AppName string `json:"appName"`
}

func (s *Service) listDeployed(w http.ResponseWriter, r *http.Request) error {
	caller, list := web.CallerOf(r), []api.Extension{}
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		v, err := active(tx, caller.AppID)
		if db.IsNone(err) {
			return nil
		}
		list = append(list, v.Extensions...)
		return err
	})
	if err != nil {
		return err
	}
	return web.JSON(w, http.StatusOK, deployedSet{
		api.Envelope[[]api.Extension]{Message: "Extensions fetched.", Data: list, Status: http.StatusOK}, caller.Name,
	})
}

func (s *Service) deploy(w http.ResponseWriter, r *http.Request) error {
	web.AllowBody(w, r, maxSet)
	in, err := web.Decode[api.DeployRequest](w, r)
	if err != nil {
		return refuse(w, r, err)
	}
	var a api.App
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		a, err = s.Apps.Get(tx, web.CallerOf(r).AppID)
		return err
	})
	if err != nil {
		return err
	}
	d, err := s.Deploy(r.Context(), a, in)
	if err != nil {
		return refuse(w, r, err)
	}
	return web.OK(w, "Extensions deployed.", d)
}

// refuse answers with sentences what is wrong with a set: the command line
// prints them as they are.
func refuse(w http.ResponseWriter, r *http.Request, err error) error {
	var refused *Refused
	var p *problem.Problem
	if errors.As(err, &p) && len(p.Fields) > 0 {
		refused = &Refused{}
		for _, f := range p.Fields {
			refused.Errors = append(refused.Errors, f.Field+" "+f.Message+".")
		}
	}
	if refused == nil && !errors.As(err, &refused) {
		return err
	}
	return web.JSON(w, http.StatusBadRequest, api.DeployRefused{
		Message: refused.Error(), Code: api.CodeValidation, Status: http.StatusBadRequest, Errors: refused.Errors,
		RequestID: web.RequestID(r.Context()),
	})
}

func (s *Service) listVersions(w http.ResponseWriter, r *http.Request) error {
	var list []api.ExtensionVersion
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		list, err = versions(tx, web.CallerOf(r).AppID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Versions fetched.", list)
}

func (s *Service) rollback(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.RollbackRequest](w, r)
	if err != nil {
		return err
	}
	d, err := s.Rollback(r.Context(), web.CallerOf(r).AppID, in.Version)
	if err != nil {
		return err
	}
	return web.OK(w, "Rolled back.", d)
}

// listPlaced takes several targets joined by commas.
func (s *Service) listPlaced(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	q := web.QueryOf(r)
	targets := strings.FieldsFunc(q.Text("target"), func(c rune) bool { return c == ',' })
	if err := q.Err(); err != nil {
		return err
	}
	for _, target := range targets {
		if !slices.Contains(api.ExtensionTargets, target) {
			return problem.Invalid("target", "must be one of the platform's targets, not %q%s", target, nearest(target, api.ExtensionTargets))
		}
	}
	var placed []api.PlacedExtension
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		placed, err = s.place(tx, storeID, targets)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Extensions fetched.", placed)
}

// listPlaces is for a page that wants to know what is where, and not what it is
// made of.
func (s *Service) listPlaces(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	var placed []api.PlacedExtension
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		placed, err = s.place(tx, storeID, nil)
		return err
	})
	if err != nil {
		return err
	}
	places := make([]api.ExtensionPlace, len(placed))
	for n, e := range placed {
		places[n] = api.ExtensionPlace{
			ExtensionID: e.ExtensionID, Target: e.Target, Title: e.Title, ActionURL: e.ActionURL,
			Draws: e.Mode == api.ExtensionSandbox || len(e.UI) > 0, App: e.App,
		}
	}
	return web.OK(w, "Places fetched.", places)
}

func (s *Service) call(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ExtensionActionRequest](w, r)
	if err != nil {
		return err
	}
	answer, err := s.Call(r.Context(), web.CallerOf(r), in)
	if err != nil {
		return err
	}
	return web.OK(w, "The app answered.", answer)
}

func (s *Service) callAPI(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ExtensionAPIRequest](w, r)
	if err != nil {
		return err
	}
	answer, err := s.CallAPI(r, web.CallerOf(r), in)
	if err != nil {
		return err
	}
	return web.OK(w, "The API answered.", answer)
}

func listComponents(w http.ResponseWriter, _ *http.Request) error {
	return web.OK(w, "Components fetched.", api.Components())
}
