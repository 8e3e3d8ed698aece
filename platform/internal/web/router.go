package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gorilla/mux"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/httpserve"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Handler answers a request or returns the error to answer with.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Authenticator finds out who calls, or refuses.
type Authenticator func(r *http.Request) (Caller, error)

// Router holds every route of the platform. Make one with NewRouter.
type Router struct {
	// App and User authenticate app-facing and dashboard-facing routes, Client
	// those of an app that acts for no store; Control guards the control API.
	App, Client, User, Control Authenticator
	// Fault lets a call of an app go wrong on purpose: its error is the answer.
	// It may be nil.
	Fault func(w http.ResponseWriter, req *http.Request, route Route, c Caller) error
	// Watcher may be nil.
	Watcher Watcher
	// AppLimit bounds the calls of an app on a store.
	AppLimit *Limiter
	// Strict refuses unknown JSON fields instead of warning about them.
	Strict bool
	Log    *slog.Logger

	mux    *mux.Router
	routes []Route
}

// Kinds of routes: who may call.
const (
	KindPublic  = "public"
	KindApp     = "app"
	KindClient  = "client"
	KindUser    = "user"
	KindControl = "control"
)

// Route is one route as it was registered.
type Route struct {
	Method string
	Path   string
	Kind   string
	Scope  api.Scope // of app-facing routes; may be empty
}

// Routes lists every route in the order of registration.
func (r *Router) Routes() []Route { return r.routes }

// NewRouter returns a router without routes.
func NewRouter(log *slog.Logger) *Router {
	r := &Router{Log: log, mux: mux.NewRouter()}
	r.mux.UseEncodedPath() // an encoded slash stays inside its segment
	r.mux.SkipClean(true)  // "//x" is not found; a redirect would turn a POST into a GET
	r.mux.NotFoundHandler = r.serve(func(_ http.ResponseWriter, req *http.Request) error {
		return problem.New(http.StatusNotFound, api.CodeNotFound, "There is nothing at %s %s.", req.Method, req.URL.Path)
	})
	r.mux.MethodNotAllowedHandler = r.serve(r.methodNotAllowed)
	return r
}

// Public serves a route that needs no credentials.
func (r *Router) Public(method, path string, h Handler) {
	r.handle(Route{Method: method, Path: path, Kind: KindPublic}, h)
}

// ForApp serves an app-facing route: a Bearer token, client credentials or a
// session token with the scope. An empty scope admits any installation. A
// store_id in the query that is not the installation's store is not found.
func (r *Router) ForApp(method, path string, scope api.Scope, h Handler) {
	route := Route{Method: method, Path: path, Kind: KindApp, Scope: scope}
	r.handle(route, func(w http.ResponseWriter, req *http.Request) error {
		caller, err := r.App(req)
		if err != nil {
			return err
		}
		noteCaller(req, caller)
		if err := r.AppLimit.Take(w, fmt.Sprintf("app %d store %d", caller.AppID, caller.StoreID)); err != nil {
			return err
		}
		if err := r.fault(w, req, route, caller); err != nil {
			return err
		}
		if scope != "" && !caller.Scopes.Allows(scope) {
			return problem.InsufficientScope(scope)
		}
		if err := checkRequestStore(req, caller); err != nil {
			return err
		}
		return h(w, req.WithContext(WithCaller(req.Context(), caller)))
	})
}

// ForClient serves a route of an app that acts for itself and not for a store:
// client credentials alone.
func (r *Router) ForClient(method, path string, h Handler) {
	route := Route{Method: method, Path: path, Kind: KindClient}
	r.handle(route, func(w http.ResponseWriter, req *http.Request) error {
		caller, err := r.Client(req)
		if err != nil {
			return err
		}
		noteCaller(req, caller)
		if err := r.AppLimit.Take(w, fmt.Sprintf("app %d", caller.AppID)); err != nil {
			return err
		}
		if err := r.fault(w, req, route, caller); err != nil {
			return err
		}
		return h(w, req.WithContext(WithCaller(req.Context(), caller)))
	})
}

func (r *Router) fault(w http.ResponseWriter, req *http.Request, route Route, c Caller) error {
	if r.Fault == nil {
		return nil
	}
	return r.Fault(w, req, route, c)
}

// ForUser serves a dashboard-facing route. A {store_id} in the path, a store_id
// in the query or the store that the authenticator found in the headers becomes
// Caller.StoreID after CheckStore.
func (r *Router) ForUser(method, path string, h Handler) {
	r.handle(Route{Method: method, Path: path, Kind: KindUser}, func(w http.ResponseWriter, req *http.Request) error {
		caller, err := r.User(req)
		if err != nil {
			return err
		}
		if caller.StoreID, err = userStore(req, caller); err != nil {
			return err
		}
		noteCaller(req, caller)
		return h(w, req.WithContext(WithCaller(req.Context(), caller)))
	})
}

// userStore returns the store of a dashboard user's request, or 0. One that the
// headers name too must be the same: else it is unclear which one is meant.
func userStore(r *http.Request, c Caller) (int64, error) {
	storeID, err := requestStore(r)
	if err != nil {
		return 0, err
	}
	if storeID != 0 && c.StoreID != 0 && storeID != c.StoreID {
		return 0, problem.Invalid("store_id", "must be the store of the X-Store-Id header, or left out")
	}
	if storeID = max(storeID, c.StoreID); storeID == 0 {
		return 0, nil
	}
	return storeID, c.CheckStore(storeID)
}

// checkRequestStore refuses a request for a store that the caller may not
// open.
func checkRequestStore(r *http.Request, c Caller) error {
	storeID, err := requestStore(r)
	if err != nil || storeID == 0 {
		return err
	}
	return c.CheckStore(storeID)
}

// ForControl serves a route of the control API, which always refuses unknown
// JSON fields.
func (r *Router) ForControl(method, path string, h Handler) {
	r.handle(Route{Method: method, Path: path, Kind: KindControl}, func(w http.ResponseWriter, req *http.Request) error {
		if _, err := r.Control(req); err != nil {
			return err
		}
		return h(w, req.WithContext(withStrict(req.Context(), true)))
	})
}

func (r *Router) handle(route Route, h Handler) {
	methods := []string{route.Method}
	if route.Method == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	r.routes = append(r.routes, route)
	r.mux.Handle(route.Path, r.serve(func(w http.ResponseWriter, req *http.Request) error {
		noteRoute(req, &route)
		return h(w, req)
	})).Methods(methods...)
}

// serve turns a handler into an http.Handler that writes its error.
func (r *Router) serve(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		req = req.WithContext(withStrict(req.Context(), r.Strict))
		handle := h
		if !storable(req.URL.Path) {
			handle = notText
		}
		if err := handle(w, req); err != nil {
			r.refuse(w, req, err)
		}
	})
}

// storable reports whether a path is text that a database can be asked for.
func storable(path string) bool { return utf8.ValidString(path) && !strings.ContainsRune(path, 0) }

func notText(http.ResponseWriter, *http.Request) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "There is nothing at this address: it is not UTF-8 text.")
}

// refuse writes an error. When an answer has begun it breaks the connection
// instead, so that nobody takes the beginning for the whole.
func (r *Router) refuse(w http.ResponseWriter, req *http.Request, err error) {
	if rec, ok := w.(*httpserve.Recorder); ok && rec.Status != 0 {
		r.Log.ErrorContext(req.Context(), "http.broken_off", "error", err, "request_id", RequestID(req.Context()))
		panic(http.ErrAbortHandler)
	}
	writeError(w, req, r.Log, err)
}

// allowed lists the methods that a path answers to.
func (r *Router) allowed(req *http.Request) (methods []string) {
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		probe := req.Clone(req.Context())
		probe.Method = method
		var match mux.RouteMatch
		if r.mux.Match(probe, &match) && match.MatchErr == nil {
			methods = append(methods, method)
		}
	}
	return methods
}
